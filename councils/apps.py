"""Councils and how they are founded."""

from django.apps import AppConfig
from django.conf import settings


class CouncilsConfig(AppConfig):
    """What is particular to councils, and to the catalyst groups that found them."""

    name = "councils"

    def ready(self) -> None:
        """Register what core is to know of. The signer decides nothing and needs none."""
        if settings.DATABASE_ROLE == "signer":
            return
        from councils.kinds import register_council_kinds  # noqa: PLC0415  (models must be loaded first)
        from councils.says import register_says  # noqa: PLC0415

        register_council_kinds()
        register_says()
