"""What the demo tells of more than one pillar: bodies that answer to the neighbourhood, streets that confederate."""
