"""People, bodies, proposals, votes, mandates, the record: what every pillar shares."""
