"""What the demo tells of more than one pillar: the bodies that answer to the neighbourhood."""
