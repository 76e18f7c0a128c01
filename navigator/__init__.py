"""The product: what navigators, HR staff and employees do with the directory."""
