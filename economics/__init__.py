"""Cooperatives, needs and offers, common funds."""
