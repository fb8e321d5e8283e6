"""Who may do what in councils: `can_<verb>` gives a Verdict."""
