"""Mails: each, in a daily digest, or none; under one Message-ID; stopped by a link."""

import re
import smtplib
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Body, Cause, Notice, Person
from core.notices import digests, mails, sweeping
from core.notices.fanning import fan_out
from core.notices.stopping import person_of, stop_url
from core.timekeeping import folkmoot_now
from tests import village

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    people = village.make_people("ana", "bruno", "carla", "dario", "eva")
    for person, how in zip(people, ("digest", "each", "digest", "none", "each"), strict=True):
        person.mail = how
        person.save()
        if person.sign_in_name != "eva":
            village.confirm(person, f"{person.sign_in_name}@example.org")
    return people


@pytest.fixture
def street(people: list[Person]) -> Body:
    body = village.make_council("Alder Street", people)
    fan_out_all()
    Notice.objects.all().update(mail="")
    return body


@pytest.fixture(autouse=True)
def patient() -> None:
    sweeping.patience = sweeping.Patience()


def fan_out_all() -> None:
    for cause in Cause.objects.filter(fanned_at__isnull=True).order_by("pk"):
        fan_out(cause.pk)


def propose(street: Body, people: list[Person]) -> Cause:
    proposal = village.make_proposal(street, people[0])
    fan_out_all()
    return Cause.objects.get(proposal=proposal, what=Cause.What.PROPOSAL_OPEN)


def html_of(sent: Any) -> str:
    return str(sent.alternatives[0][0])


def go_to(hour: int) -> datetime:
    """Move on to the next time the clock in UTC shows that hour."""
    now = folkmoot_now()
    then = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return village.move_clock((then if then > now else then + timedelta(days=1)) - now)


def test_mail_follows_the_wish_of_each_person(street: Body, people: list[Person]) -> None:
    cause = propose(street, people)

    wishes = dict(cause.notices.values_list("person__display_name", "mail"))

    assert wishes == {"Bruno": "due", "Carla": "digest", "Dario": "", "Eva": ""}  # Eva has no address


def test_a_notice_is_one_mail_with_words_link_and_a_way_out(street: Body, people: list[Person]) -> None:
    notice = propose(street, people).notices.get(person=people[1])

    assert mails.deliver(notice.pk)
    assert not mails.deliver(notice.pk)

    (sent,) = mail.outbox
    notice.refresh_from_db()
    assert notice.mail == Notice.Mail.SENT
    assert notice.mailed_at is not None
    assert sent.to == ["bruno@example.org"]
    assert sent.subject == "Open the corner lot"
    assert "Ana proposes this in Alder Street" in sent.body
    assert f"http://localhost:8000/proposals/{notice.cause.proposal_id}/" in sent.body
    assert sent.extra_headers["List-Unsubscribe"] == f"<{stop_url(people[1])}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_that_is_sent_again_bears_the_same_id(street: Body, people: list[Person]) -> None:
    notice = propose(street, people).notices.get(person=people[1])
    mails.deliver(notice.pk)
    Notice.objects.filter(pk=notice.pk).update(mail="due", mailed_at=None)  # a crash after sending, before noting it

    mails.deliver(notice.pk)

    assert [sent.extra_headers["Message-ID"] for sent in mail.outbox] == [f"<notice-{notice.pk}@localhost>"] * 2


def test_the_mail_speaks_the_language_of_its_reader(street: Body, people: list[Person]) -> None:
    Person.objects.filter(pk=people[1].pk).update(language="es")
    notice = propose(street, people).notices.get(person=people[1])

    mails.deliver(notice.pk)

    html = html_of(mail.outbox[0])
    assert '<html lang="es">' in html


def test_what_people_wrote_cannot_run_in_a_mail(street: Body, people: list[Person]) -> None:
    village.make_proposal(street, people[0], title="<script>alert(1)</script>")
    fan_out_all()

    mails.deliver(Notice.objects.get(person=people[1], mail="due").pk)

    html = html_of(mail.outbox[0])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_mail_that_no_worker_sent_is_swept(street: Body, people: list[Person]) -> None:
    propose(street, people)

    assert sweeping.sweep_mails() == 0
    village.move_clock(timedelta(seconds=6))
    assert sweeping.sweep_mails() == 1

    assert len(mail.outbox) == 1


class AwayPost:
    """A mail server that is not there."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        pass

    def __enter__(self) -> "AwayPost":
        raise ConnectionRefusedError

    def __exit__(self, *_args: object) -> None:
        pass


def test_without_a_mail_server_nothing_is_lost(
    street: Body, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = propose(street, people).notices.get(person=people[1])
    village.move_clock(timedelta(seconds=6))
    monkeypatch.setattr(sweeping, "get_connection", AwayPost)

    assert sweeping.sweep_mails() == 0

    notice.refresh_from_db()
    assert notice.mail == Notice.Mail.DUE
    assert sweeping.patience.waits("server", 0)


def test_an_address_refused_for_good_is_not_tried_again(
    street: Body, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = propose(street, people).notices.get(person=people[1])

    def refuse(_mail: object, **_kwargs: object) -> int:
        raise smtplib.SMTPRecipientsRefused({"bruno@example.org": (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    mails.deliver(notice.pk)

    notice.refresh_from_db()
    assert notice.mail != Notice.Mail.DUE


def test_the_lock_of_a_mail_is_tried_and_given_back(street: Body, people: list[Person]) -> None:
    notice = propose(street, people).notices.get(person=people[1])

    with CaptureQueriesContext(connection) as asked:
        mails.deliver(notice.pk)

    statements = [query["sql"] for query in asked]
    assert "pg_try_advisory_lock" in statements[0]
    assert "pg_advisory_unlock" in statements[-1]


def test_the_digest_comes_at_eight_once_a_day_with_what_needs_you_on_top(street: Body, people: list[Person]) -> None:
    go_to(9)
    village.make_vote(street, people[0])  # opens 8 days later, at nine
    fan_out_all()

    assert sweeping.send_digests() == 0 or len(mail.outbox) == 0
    go_to(8)
    sweeping.send_digests()
    sweeping.send_digests()

    to_carla = [sent for sent in mail.outbox if sent.to == ["carla@example.org"]]
    (sent,) = to_carla
    assert sent.subject == "1 thing needs you"
    needs, _rest = sent.body.split("You get this from")
    assert needs.index("This needs you") < needs.index("Open the corner lot (Alder Street)")
    assert needs.count("Open the corner lot") == 1  # the open vote says it all
    assert not Notice.objects.filter(person=people[2], mail="digest").exists()


def test_the_digest_says_how_it_ended_and_not_how_it_began(street: Body, people: list[Person]) -> None:
    go_to(9)
    vote = village.make_vote(street, people[0])
    village.close(vote)
    village.close(vote.proposal.votes.latest("number"))  # the second call
    fan_out_all()
    go_to(8)

    sweeping.send_digests()

    (sent,) = [sent for sent in mail.outbox if sent.to == ["carla@example.org"]]
    assert sent.subject == "What happened in your bodies"
    assert sent.body.count("Open the corner lot") == 1
    assert "there was no quorum" in sent.body
    assert not Notice.objects.filter(person=people[2], mail="digest").exists()


def test_closing_times_in_a_digest_are_those_of_the_body(people: list[Person]) -> None:
    street = village.make_council("Lima", people, time_zone="America/Lima")
    vote = village.make_vote(street, people[0])
    fan_out_all()

    written = digests.letter(people[2], list(digests.pending_of(people[2])), folkmoot_now())

    mails.send(people[2], written)
    local = vote.closes_at - timedelta(hours=5)
    assert f"{local:%H:%M} -05" in str(mail.outbox[-1].body)


def test_news_after_eight_waits_for_the_next_morning(street: Body, people: list[Person]) -> None:
    go_to(9)
    propose(street, people)

    sweeping.send_digests()

    assert mail.outbox == []


def test_without_news_there_is_no_digest(street: Body, people: list[Person]) -> None:
    go_to(8)

    assert digests.due(folkmoot_now()) == []


def test_eight_o_clock_is_that_of_the_body(people: list[Person]) -> None:
    street = village.make_council("Lima", people, time_zone="America/Lima")
    fan_out_all()
    Notice.objects.all().update(mail="")
    go_to(10)
    propose(street, people)

    go_to(12)
    assert people[2].pk not in digests.due(folkmoot_now())
    go_to(13)
    village.move_clock(timedelta(minutes=1))
    assert people[2].pk in digests.due(folkmoot_now())


def link_in(sent: Any) -> str:
    found = re.search(r"http://localhost:8000(/mail/stop/\S+)", sent.body)
    assert found
    return found[1]


def test_the_link_stops_the_mails_without_signing_in(street: Body, people: list[Person]) -> None:
    first = propose(street, people).notices.get(person=people[1])
    mails.deliver(first.pk)
    village.make_proposal(street, people[2], title="A bench")
    fan_out_all()
    path = link_in(mail.outbox[0])

    looked = Client().get(path)
    people[1].refresh_from_db()
    assert looked.status_code == 200
    assert people[1].mail == Person.Mail.EACH  # looking stops nothing: mail programs look ahead
    stopped = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    village.move_clock(timedelta(minutes=1))
    sweeping.sweep()

    people[1].refresh_from_db()
    assert stopped.status_code == 200
    assert people[1].mail == Person.Mail.NONE
    assert len(mail.outbox) == 1
    assert Notice.objects.filter(person=people[1], cause__proposal__title="A bench").exists()  # still on the page


def test_a_forged_link_stops_nothing(people: list[Person]) -> None:
    token = stop_url(people[1]).rstrip("/").rsplit("/", 1)[1]

    answered = Client().post(f"/mail/stop/{token[:-3]}abc/")

    people[1].refresh_from_db()
    assert answered.status_code == 404
    assert people[1].mail == Person.Mail.EACH


def test_a_link_to_a_former_address_stops_nothing(people: list[Person]) -> None:
    token = stop_url(people[1]).rstrip("/").rsplit("/", 1)[1]
    village.confirm(people[1], "new@example.org")

    assert person_of(token) is None


def test_no_mail_goes_to_an_address_that_nobody_confirmed(people: list[Person], street: Body) -> None:
    EmailAddress.objects.update(verified=False)

    village.make_vote(street, people[0])
    fan_out_all()

    assert Notice.objects.filter(cause__body=street, cause__what=Cause.What.VOTE_OPENED).count() == 4
    assert not Notice.objects.exclude(mail="").exists()


def test_an_address_that_is_not_confirmed_any_more_gets_no_mail_that_was_due(
    people: list[Person], street: Body
) -> None:
    village.make_vote(street, people[0])
    fan_out_all()
    EmailAddress.objects.update(verified=False)
    notice = Notice.objects.filter(mail="due").first()
    assert notice is not None

    assert not mails.deliver(notice.pk)
    assert digests.due(folkmoot_now() + timedelta(days=2)) == []
    assert not mail.outbox
