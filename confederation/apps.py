"""Bodies of bodies."""

from django.apps import AppConfig


class ConfederationConfig(AppConfig):
    """Nothing stands here yet; the floor is laid."""

    name = "confederation"
