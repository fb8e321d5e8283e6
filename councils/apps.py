"""Start-up of councils."""

from django.apps import AppConfig
from django.conf import settings


class CouncilsConfig(AppConfig):
    """What is particular to councils, and to the catalyst groups that found them; learning together."""

    name = "councils"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what core is to know of. The signer decides nothing and needs none."""
        if settings.DATABASE_ROLE == "signer":
            return
        from core.registry import CALENDARS, Duty, register_duty  # noqa: PLC0415  (models must be loaded first)
        from councils.actions import library  # noqa: PLC0415
        from councils.kinds import register_council_kinds  # noqa: PLC0415
        from councils.queries.studies import occasions  # noqa: PLC0415
        from councils.says import register_says  # noqa: PLC0415

        CALENDARS.append(occasions)
        register_duty(Duty("loan", library.remind, library.to_remind))
        register_council_kinds()
        register_says()
