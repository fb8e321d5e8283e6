"""Cooperatives, needs and offers, common funds."""

from django.apps import AppConfig


class EconomicsConfig(AppConfig):
    """Nothing stands here yet; the floor is laid."""

    name = "economics"
