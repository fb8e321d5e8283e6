"""What the pages of councils read: `get_<thing>` in a fixed number of statements."""
