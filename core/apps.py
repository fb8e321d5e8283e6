"""Start-up of core."""

from django.apps import AppConfig
from django.conf import settings


class CoreConfig(AppConfig):
    """What every pillar shares."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register kinds of proposals, outcomes of cases, audits, how forms speak. The signer needs none of them."""
        if settings.DATABASE_ROLE == "signer":
            return
        from core.kinds import register_core_kinds, register_core_outcomes  # noqa: PLC0415  (models must be loaded first)
        from core.notices.cases import register_news  # noqa: PLC0415
        from core.says import register_says  # noqa: PLC0415
        from core.words.fields import say_it_our_way  # noqa: PLC0415

        say_it_our_way()
        register_core_kinds()
        register_core_outcomes()
        register_news()
        register_says()
