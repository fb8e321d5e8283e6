"""Who may do what in a defence body."""
