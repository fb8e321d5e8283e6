"""What guiding assemblies adds to the page of who carries how much, so that it does not stay with the same few."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from core.models import Body
from core.queries.carrying import SEASON
from core.registry import Load
from councils.models import Duty
from councils.models.assemblies import Stage


def guided(body: Body, at: datetime) -> Mapping[int, int]:
    """How often each facilitated or took notes lately, or said that they will."""
    duties = Duty.objects.filter(assembly__body=body, accepted_at__isnull=False, ended_at__isnull=True)
    lately = duties.exclude(assembly__stage=Stage.CANCELLED).filter(assembly__ends_at__gt=at - SEASON)
    return dict(lately.order_by().values_list("membership__person").annotate(n=Count("pk")))


GUIDING = Load("guiding", _("Assemblies guided, or notes taken, in three months"), guided)
