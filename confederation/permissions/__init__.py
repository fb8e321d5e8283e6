"""Who may do what in a confederation."""
