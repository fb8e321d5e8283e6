"""The councils' part of the API."""
