"""Governance of lawful community information."""
