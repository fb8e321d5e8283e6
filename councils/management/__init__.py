"""Commands of the councils."""
