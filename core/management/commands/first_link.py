"""A one-time link for the first person and body of an empty house."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from core.actions import invitations
from core.refusals import Refusal
from core.timekeeping import folkmoot_now


class Command(BaseCommand):
    """Prints the link; an earlier one stops working."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it, unless somebody lives here already."""
        try:
            token = invitations.first_link(at=folkmoot_now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{settings.SITE_URL}{reverse('core:first-link', args=[token])}")
