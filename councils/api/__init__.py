"""The councils over the API: the same actions as the pages."""
