"""The verifier as one file, packed once in the life of a process."""

from functools import cache

from verify.building import pyz


@cache
def get_verifier() -> bytes:
    """The bytes of the file."""
    return pyz()
