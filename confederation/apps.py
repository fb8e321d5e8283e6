"""Bodies of bodies; and the demo, which tells of all pillars from above them."""

from django.apps import AppConfig
from django.conf import settings


class ConfederationConfig(AppConfig):
    """Bodies of bodies: seats and delegates, referrals, ratifying."""

    name = "confederation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell core what it cannot know of confederations. The signer decides nothing and needs none."""
        if settings.DATABASE_ROLE == "signer":
            return
        from confederation.kinds import seats as kinds  # noqa: PLC0415  (models must be loaded first)
        from confederation.news import seats as news  # noqa: PLC0415
        from confederation.says import seats as says  # noqa: PLC0415

        kinds.register()
        says.register()
        news.register()
