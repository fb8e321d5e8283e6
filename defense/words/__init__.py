"""Words of defence bodies."""
