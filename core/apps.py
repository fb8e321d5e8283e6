"""Start-up of core."""

from django.apps import AppConfig
from django.conf import settings


class CoreConfig(AppConfig):
    """What every pillar shares."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of proposals, and audits. The signer decides nothing and needs none."""
        if settings.DATABASE_ROLE == "signer":
            return
        from core.kinds import register_core_kinds  # noqa: PLC0415  (models must be loaded first)
        from core.says import register_says  # noqa: PLC0415

        register_core_kinds()
        register_says()
