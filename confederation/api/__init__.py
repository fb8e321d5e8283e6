"""The confederations' part of the API."""
