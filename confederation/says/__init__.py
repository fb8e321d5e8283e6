"""Where confederations have a say in core: what falls due, what ends with a body, what the record says in words."""
