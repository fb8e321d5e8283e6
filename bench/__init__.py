"""Measurements, each beside its reference in the same run (DESIGN section 13)."""
