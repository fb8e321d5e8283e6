"""The defence bodies' part of the API."""
