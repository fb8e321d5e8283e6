"""Bodies of bodies; and the demo, which tells of all pillars from above them."""

from django.apps import AppConfig


class ConfederationConfig(AppConfig):
    """No body of bodies stands here yet; the floor is laid."""

    name = "confederation"
    default_auto_field = "django.db.models.BigAutoField"
