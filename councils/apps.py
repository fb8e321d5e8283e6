"""Councils and how they are founded."""

from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    """Nothing stands here yet; the floor is laid."""

    name = "councils"
