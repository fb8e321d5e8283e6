"""What is typed about defence bodies."""
