"""Says how to sign in to the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from core.models import Case, CaseSeat, Person
from councils.demo.alder import INVITATION
from councils.demo.people import CARD_PIN, CAST, PASSPHRASE, PASSWORD

ROLES = {
    "ana": "member of both councils; things wait for her; has complained about gina",
    "bruno": "coordinates the watch; invited somebody",
    "carla": "runs the tool library; confidence hangs by one",
    "dario": "a delegate near recall",
    "eva": "helps Weir Lane to found its council",
    "farid": "audits the watch",
    "gina": "blocked the dues; a case is about her",
    "hugo": "a case about him has an outcome, which he can appeal",
    "lin": "Alder Street's delegate to the three streets, bound",
    "noor": "asks to join Alder Street",
}


class Command(BaseCommand):
    """Prints a short table."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Names, what they are, the password, and the invitation for a newcomer."""
        if not Person.objects.filter(sign_in_name="ana").exists():
            return
        self.stdout.write(f"Sign in as one of these; the password is: {PASSWORD}")
        for name, shown in CAST.items():
            if name in ROLES:
                self.stdout.write(f"  {name:8} {shown:16} {ROLES[name]}")
        self.stdout.write(f"Sealed files of cases open with: {PASSPHRASE}")
        for number, names in panels():
            self.stdout.write(f"  drawn for case {number}: {', '.join(names)}")
        entrance = f"{settings.SITE_URL}{reverse('core:card-sign-in')}"
        self.stdout.write(f"With a card: pilar.soto, PIN {CARD_PIN}, at {entrance}")
        link = reverse("core:invitation-open", args=[INVITATION])
        self.stdout.write(f"Or come in as a newcomer: {settings.SITE_URL}{link}")


def panels() -> list[tuple[int, list[str]]]:
    """Whom the lot has drawn for each open case, by their sign-in names."""
    seats = CaseSeat.objects.standing().filter(case__closed_at=None).order_by("place")
    return [
        (case.pk, list(seats.filter(case=case).values_list("membership__person__sign_in_name", flat=True)))
        for case in Case.objects.filter(closed_at=None).order_by("pk")
    ]
