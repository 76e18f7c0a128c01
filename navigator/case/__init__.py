"""The call in progress: a frozen value, what may be done with it, and what is still to do (PRODUCT "The call")."""
