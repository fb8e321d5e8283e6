"""Readings across models: each returns a dataclass with a fixed number of SQL queries."""
