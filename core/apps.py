"""Start-up of core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every pillar shares."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of proposals."""
        from core.kinds import register_core_kinds  # noqa: PLC0415  (models must be loaded first)

        register_core_kinds()
