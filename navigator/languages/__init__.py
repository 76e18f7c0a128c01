"""Languages: what a member sees or hears, in English and Spanish, with plural forms, numbers and dates by locale."""
