"""Governance of community-defence bodies."""
