"""Arithmetic of defence bodies: no Django."""
