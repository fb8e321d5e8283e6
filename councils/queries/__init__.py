"""What the pages of the councils show."""
