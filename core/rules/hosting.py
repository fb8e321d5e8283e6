"""Who may be the host of whom (DESIGN sections 2 and 3)."""

from typing import Final

HOSTS: Final = ("council", "confederation")
LED_BY_THE_HOST: Final = ("defense", "pod")
"""Kinds of which the host also decides code, posts, structure and end."""
