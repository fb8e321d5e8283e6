"""What the pages of defence bodies show."""
