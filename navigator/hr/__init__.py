"""The HR desk: one answer card for each question that benefits staff are asked (PRODUCT "HR questions")."""
