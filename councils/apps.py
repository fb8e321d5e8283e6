"""Start-up of councils."""

from django.apps import AppConfig
from django.conf import settings


class CouncilsConfig(AppConfig):
    """What is particular to councils: how they are founded, meet, learn and become two."""

    name = "councils"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell core what it cannot know of councils. The signer decides nothing and needs none."""
        if settings.DATABASE_ROLE == "signer":
            return
        from core import gatherings, registry  # noqa: PLC0415  (models must be loaded first)
        from core.queries import calls  # noqa: PLC0415
        from councils.actions import library  # noqa: PLC0415
        from councils.kinds import register_council_kinds  # noqa: PLC0415
        from councils.news import register_news  # noqa: PLC0415
        from councils.queries.gatherings import gathering_for, those_there  # noqa: PLC0415
        from councils.queries.loads import GUIDING  # noqa: PLC0415
        from councils.queries.studies import occasions  # noqa: PLC0415
        from councils.queries.waiting import SOURCE  # noqa: PLC0415
        from councils.says import register_says  # noqa: PLC0415

        registry.CALENDARS.append(occasions)
        registry.LOADS.append(GUIDING)
        registry.register_duty(registry.Duty("loan", library.remind, library.to_remind))
        register_council_kinds()
        register_says()
        register_news()
        gatherings.register(gathering_for, those_there)
        calls.register(SOURCE)
