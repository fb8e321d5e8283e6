"""What people do with their post: see a notice, see all, stop the mails."""

from datetime import datetime

from django.db import transaction

from core.models import Notice, Person


@transaction.atomic
def see(notice: Notice, *, by: Person, at: datetime) -> Notice:
    """Mark a person's own notice as seen; the first time counts."""
    Notice.objects.filter(pk=notice.pk, person=by).unseen().update(seen_at=at)
    notice.refresh_from_db(fields=["seen_at"])
    return notice


@transaction.atomic
def see_all(*, by: Person, at: datetime) -> int:
    """Mark all of a person's notices as seen. What arrives meanwhile stays new."""
    return Notice.objects.filter(person=by, at__lte=at).unseen().update(seen_at=at)


@transaction.atomic
def stop_mail(person: Person) -> Person:
    """No more mails to this person, not even those that wait; the notices stay on the page."""
    person.mail = Person.Mail.NONE
    person.save(update_fields=["mail"])
    waiting = Notice.objects.filter(person=person, mail__in=[Notice.Mail.DUE, Notice.Mail.DIGEST])
    waiting.update(mail=Notice.Mail.NONE)
    return person
