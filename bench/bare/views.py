"""Behind the same session, sign-in and CSRF as ours: one INSERT; one UPDATE in one transaction."""

from typing import ClassVar

from django.contrib.auth.decorators import login_required
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.models import Person
from core.views._pages import PageRequest


class BareVote(models.Model):
    """A vote as the simplest application keeps it: once for a person, and that is all."""

    round = models.IntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=12)
    at = models.DateTimeField()

    objects: ClassVar = models.Manager["BareVote"]()

    class Meta:
        app_label = "bench"
        db_table = "bench_vote"
        managed = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "person"], name="bench_vote_once")]

    def __str__(self) -> str:
        return f"bare vote {self.pk}"


@login_required
@require_POST
def insert(request: PageRequest) -> HttpResponse:
    """Keep a vote."""
    BareVote.objects.create(
        round=int(request.POST["vote"]), person=request.user, position=request.POST["position"], at=timezone.now()
    )
    return HttpResponseRedirect("/health/", status=303)


@login_required
@require_POST
def update(request: PageRequest) -> HttpResponse:
    """Change one row in one transaction."""
    with transaction.atomic():
        Person.objects.filter(pk=request.user.pk).update(theme="")
    return HttpResponseRedirect("/health/", status=303)


def health(request: HttpRequest) -> HttpResponse:
    """It serves."""
    return HttpResponse("ok")
