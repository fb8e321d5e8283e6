"""Sentences of the councils."""
