"""Bodies of bodies."""
