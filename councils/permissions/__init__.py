"""Who may do what in the councils."""
