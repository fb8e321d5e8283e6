"""Everything that can happen in the councils, one verb each."""
