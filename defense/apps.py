"""Governance of community-defence bodies."""

from django.apps import AppConfig


class DefenseConfig(AppConfig):
    """Nothing stands here yet; the floor is laid."""

    name = "defense"
