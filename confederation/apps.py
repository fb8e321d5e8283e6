"""Bodies of bodies; and the demo, which tells of all pillars from above them."""

from django.apps import AppConfig
from django.conf import settings


class ConfederationConfig(AppConfig):
    """Many bodies, one decision, and the base keeps the last word."""

    name = "confederation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell core what it cannot know of confederations. The signer decides nothing and needs none."""
        if settings.DATABASE_ROLE == "signer":
            return
        from confederation import kinds, news, says  # noqa: PLC0415  (models must be loaded first)

        kinds.register()
        says.register()
        news.register()
