"""Breaks the house on purpose and counts what is lost."""
