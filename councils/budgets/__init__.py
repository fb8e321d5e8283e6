"""Participatory budgets as they were held, loaded as councils: real input for everything that counts."""
