"""Councils and how they are founded."""
