"""Start-up of the defence bodies."""

from django.apps import AppConfig
from django.conf import settings


class DefenseConfig(AppConfig):
    """Governance of community defence: codes, posts, training. Nothing of what such a body does is stored."""

    name = "defense"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell core what it cannot know of defence bodies. The signer decides nothing and needs none."""
        if settings.DATABASE_ROLE == "signer":
            return
        from defense.kinds import register_defense_kinds, register_defense_outcomes  # noqa: PLC0415  (models must be loaded first)
        from defense.news import register_news  # noqa: PLC0415
        from defense.says import register_says  # noqa: PLC0415

        register_defense_kinds()
        register_defense_outcomes()
        register_says()
        register_news()
