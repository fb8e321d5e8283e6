"""Everything that can happen in defence bodies, one verb each."""
