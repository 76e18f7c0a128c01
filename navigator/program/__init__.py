"""An employer's program: its benefit rules for a plan year (PRODUCT "Words")."""
