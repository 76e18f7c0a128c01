"""Lists that leave the desk as a table: CSV text and Excel workbooks that no spreadsheet takes for formulas."""
