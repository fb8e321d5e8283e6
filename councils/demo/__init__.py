"""A believable neighbourhood with months of history, told through the ordinary actions."""
