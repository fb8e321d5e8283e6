"""Pages of councils."""
