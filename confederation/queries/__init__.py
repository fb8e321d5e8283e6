"""What pages and programs read of confederations."""
