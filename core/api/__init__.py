"""The API at /api/v1/: the same reads and the same acts as the pages, by the same actions."""
