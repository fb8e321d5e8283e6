"""Everything that can happen in a confederation, one verb each."""
