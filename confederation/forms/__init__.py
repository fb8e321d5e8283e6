"""What people type about confederations."""
