"""Pages of defence bodies."""
