"""What confederations are called on the page."""
