"""Sentences for what is stored as a word or a number: positions, rules, outcomes, lines of the record."""
