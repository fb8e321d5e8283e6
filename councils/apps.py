"""Start-up of councils."""

from django.apps import AppConfig
from django.conf import settings


class CouncilsConfig(AppConfig):
    """Assemblies, on top of what all pillars share."""

    name = "councils"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell core what it cannot know: the news, where votes are taken by name, what waits for a person."""
        if settings.DATABASE_ROLE == "signer":
            return
        from core import gatherings  # noqa: PLC0415  (models must be loaded first)
        from core.queries import calls  # noqa: PLC0415
        from councils.news import register_news  # noqa: PLC0415
        from councils.queries.gatherings import gathering_for  # noqa: PLC0415
        from councils.queries.waiting import SOURCE  # noqa: PLC0415

        register_news()
        gatherings.register(gathering_for)
        calls.register(SOURCE)
