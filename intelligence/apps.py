"""Governance of lawful community information."""

from django.apps import AppConfig


class IntelligenceConfig(AppConfig):
    """Nothing stands here yet; the floor is laid."""

    name = "intelligence"
