"""Everything that can happen in councils, one verb each."""
