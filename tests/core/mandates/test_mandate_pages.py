"""The pages of mandates: what they show, to whom, and that they refuse in words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actions import comments, mandates
from core.models import Body, Mandate, Notice, Offer, Person, Proposal, Report, Stage, Withdrawal
from core.notices.fanning import fan_out
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.mandates.reading import as_, path, text_of

pytestmark = pytest.mark.django_db


def test_mandate_detail_says_what_was_asked(mandate: Mandate, people: list[Person]) -> None:
    response = as_(people[0]).get(path(mandate))

    seen = text_of(response)
    assert response.status_code == 200
    assert "Run the tool library" in seen
    assert "Lend out the tools." in seen
    assert "Spend nothing." in seen
    assert "5 of 5 agreed" in seen
    assert "every 30 days" in seen
    assert "Stands." in seen
    assert (
        "hidden from members and the delegate, not from who runs the server; in a small body others may guess" in seen
    )
    assert "more than half of the 5 members" in seen


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("", None),
        ("report/", {"text": "Done."}),
        ("resign/", {}),
        ("recall/", {"reason": "No."}),
        ("withdraw-confidence/", {}),
        ("give-confidence/", {}),
    ],
)
def test_outsiders_see_no_mandate(
    mandate: Mandate, people: list[Person], act: str, data: dict[str, str] | None
) -> None:
    outsider = as_(village.make_person("gita"))
    at = path(mandate, act)

    response = outsider.get(at) if data is None else outsider.post(at, data)

    assert response.status_code == 404
    mandate.refresh_from_db()
    assert mandate.ended_at is None
    assert not Withdrawal.objects.exists()
    assert not mandate.recalls.exists()


@pytest.mark.parametrize("act", ["report/", "resign/", "recall/", "withdraw-confidence/", "give-confidence/"])
def test_acts_are_posted(mandate: Mandate, people: list[Person], act: str) -> None:
    assert as_(people[0]).get(path(mandate, act)).status_code == 405


def test_mandate_list_is_for_members(mandate: Mandate, people: list[Person]) -> None:
    outsider = village.make_person("gita")

    seen = text_of(as_(people[2]).get("/b/alder-street/mandates/"))

    assert "Run the tool library" in seen
    assert "Bruno" in seen
    assert as_(outsider).get("/b/alder-street/mandates/").status_code == 404
    assert Client().get("/b/alder-street/mandates/").status_code == 302


def test_mandate_list_counts_reports_and_keeps_ended_ones(mandate: Mandate, people: list[Person]) -> None:
    village.move_clock(timedelta(days=65))
    mandates.report(mandate, "Forty tools lent out.", by=people[1])

    seen = text_of(as_(people[2]).get("/b/alder-street/mandates/"))
    assert "1 of 2 reports given" in seen
    assert "1 is late" in seen

    mandates.resign(mandate, by=people[1])
    ended = text_of(as_(people[2]).get("/b/alder-street/mandates/"))
    assert "Nobody carries a mandate yet" in ended
    assert "the delegate resigned" in ended


def new_form(delegate: Person, **other: object) -> dict[str, object]:
    return {
        "title": "Keep the keys",
        "person": delegate.pk,
        "task": "Hold the keys of the hall.",
        "limits": "No copies.",
        "term_days": 90,
        "report_days": 30,
        "text": "Somebody has to.",
        "once": "k1",
        **other,
    }


def test_mandate_new_puts_up_a_proposal_and_asks_the_person(street: Body, people: list[Person]) -> None:
    client = as_(people[0])

    first = client.post("/b/alder-street/mandates/new/", new_form(people[1]))
    again = client.post("/b/alder-street/mandates/new/", new_form(people[1]))

    proposal = Proposal.objects.get()
    assert first.status_code == again.status_code == 303
    assert first["Location"] == again["Location"] == f"/proposals/{proposal.pk}/"
    assert proposal.kind == "mandate"
    assert proposal.stage == Stage.DISCUSSION
    assert proposal.offer.person == people[1]
    assert proposal.offer.term_days == 90
    for cause in proposal.causes.all():
        fan_out(cause.pk)
    notice = Notice.objects.get(person=people[1], cause__proposal=proposal)
    assert notice.cause.what == "offer.made"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"term_days": 366}, "Write a number from 1 to 365."),
        ({"term_days": "half a year"}, "Write a whole number, such as 30."),
        ({"term_days": ""}, "Write a number here."),
        ({"limits": " "}, "This is missing. Fill it in."),
        ({"person": 0}, "Choose from those on the list."),
        ({"report_days": 1}, "Write a number from 7 to 730."),
        ({"title": "x" * 121}, "at most 120 characters"),
    ],
)
def test_mandate_new_refuses_in_words_and_keeps_what_was_typed(
    street: Body, people: list[Person], change: dict[str, object], sentence: str
) -> None:
    response = as_(people[0]).post("/b/alder-street/mandates/new/", new_form(people[1], **change))

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "Hold the keys of the hall." in text_of(response)
    assert not Proposal.objects.exists()
    assert not Offer.objects.exists()


def test_mandate_new_says_all_that_is_wrong_at_once(street: Body, people: list[Person]) -> None:
    wrong = new_form(people[1], term_days=9999, report_days=1, limits="")

    seen = text_of(as_(people[0]).post("/b/alder-street/mandates/new/", wrong))

    assert "Write a number from 1 to 365." in seen
    assert "Write a number from 7 to 730." in seen
    assert "This is missing. Fill it in." in seen


def test_mandate_new_for_oneself_takes_no_second_yes(street: Body, people: list[Person]) -> None:
    response = as_(people[0]).post("/b/alder-street/mandates/new/", new_form(people[0]), follow=True)

    proposal = Proposal.objects.get()
    assert proposal.offer.accepted_at == proposal.discussion_at
    assert "I would take this mandate" not in text_of(response)
    assert list(street.record_lines.order_by("seq").values_list("what", flat=True))[-2:] == [
        "proposal.put_up",
        "offer.accepted",
    ]


def test_mandate_new_is_for_members(street: Body) -> None:
    outsider = as_(village.make_person("gita"))

    assert outsider.get("/b/alder-street/mandates/new/").status_code == 404
    assert outsider.post("/b/alder-street/mandates/new/", {}).status_code == 404


def test_in_a_large_body_one_writes_the_name(street: Body, people: list[Person]) -> None:
    at = folkmoot_now()
    for person in village.make_people(*(f"n{number}" for number in range(160))):
        street.memberships.create(person=person, joined_at=at, voice_from=at)

    response = as_(people[0]).post("/b/alder-street/mandates/new/", new_form(people[1], person="bruno"))
    nobody = as_(people[0]).post("/b/alder-street/mandates/new/", new_form(people[1], person="zoe", once="k2"))

    assert response.status_code == 303
    assert Proposal.objects.get().offer.person == people[1]
    assert nobody.status_code == 422
    assert "No member bears that name." in text_of(nobody)


def test_proposal_accept_is_for_the_person_named(street: Body, people: list[Person]) -> None:
    as_(people[0]).post("/b/alder-street/mandates/new/", new_form(people[1]))
    proposal = Proposal.objects.get()

    other = as_(people[2]).post(f"/proposals/{proposal.pk}/accept/")
    assert other.status_code == 403
    assert "Only the person named can accept." in text_of(other)
    assert Offer.objects.get().accepted_at is None

    own = as_(people[1]).post(f"/proposals/{proposal.pk}/accept/")
    assert own.status_code == 303
    assert Offer.objects.get().accepted_at is not None


def test_the_delegate_reports_on_the_page(mandate: Mandate, people: list[Person]) -> None:
    response = as_(people[1]).post(
        path(mandate, "report/"), {"text": "Forty tools lent out.", "once": "r1"}, follow=True
    )
    as_(people[1]).post(path(mandate, "report/"), {"text": "Forty tools lent out.", "once": "r1"})

    assert Report.objects.count() == 1
    assert "Forty tools lent out." in text_of(response)
    assert "Your report is there for all to read." in text_of(response)


def test_nobody_else_reports(mandate: Mandate, people: list[Person]) -> None:
    response = as_(people[2]).post(path(mandate, "report/"), {"text": "I did it all."})

    assert response.status_code == 403
    assert "Only the delegate can do this." in text_of(response)
    assert "I did it all." in text_of(response)
    assert not Report.objects.exists()


def test_an_empty_report_is_refused(mandate: Mandate, people: list[Person]) -> None:
    response = as_(people[1]).post(path(mandate, "report/"), {"text": "  "})

    assert response.status_code == 422
    assert not Report.objects.exists()


def test_a_report_after_the_term_is_refused_and_ends_the_mandate(mandate: Mandate, people: list[Person]) -> None:
    village.move_clock(timedelta(days=181))

    response = as_(people[1]).post(path(mandate, "report/"), {"text": "The last words."})

    mandate.refresh_from_db()
    assert response.status_code == 403
    assert mandate.ending == Mandate.Ending.TERM
    assert "The last words." in text_of(response)
    assert not Report.objects.exists()


def test_the_delegate_resigns_once(mandate: Mandate, people: list[Person]) -> None:
    page = as_(people[1]).post(path(mandate, "resign/"), {"once": "g1"}, follow=True)

    mandate.refresh_from_db()
    assert mandate.ending == Mandate.Ending.RESIGNED
    assert "Bruno has resigned. The mandate has ended." in text_of(page)
    assert "Stands." not in text_of(page)


def test_nobody_else_resigns_for_them(mandate: Mandate, people: list[Person]) -> None:
    response = as_(people[0]).post(path(mandate, "resign/"))

    mandate.refresh_from_db()
    assert response.status_code == 403
    assert "Only the delegate can do this." in text_of(response)
    assert mandate.ended_at is None


def test_a_recall_is_opened_with_its_reason(mandate: Mandate, people: list[Person]) -> None:
    response = as_(people[2]).post(path(mandate, "recall/"), {"reason": "No report for a month.", "once": "c1"})

    recall = mandate.recalls.get()
    assert response.status_code == 303
    assert response["Location"] == f"/proposals/{recall.pk}/"
    comments.reply(recall, "I was ill.", by=people[1], at=folkmoot_now())
    seen = text_of(as_(people[0]).get(path(mandate)))
    assert "recall open" in seen
    assert "No report for a month." in seen
    assert "Opened by Carla." in seen
    assert "I was ill." in seen
    assert "Open a recall" not in seen


def test_a_second_recall_is_refused_and_keeps_the_reason(mandate: Mandate, people: list[Person]) -> None:
    village.open_recall(mandate, people[2])

    response = as_(people[3]).post(path(mandate, "recall/"), {"reason": "My very own reason."})

    assert response.status_code == 403
    assert "A recall of this mandate is open already." in text_of(response)
    assert "My very own reason." in text_of(response)
    assert mandate.recalls.count() == 1


def test_a_recall_needs_a_reason(mandate: Mandate, people: list[Person]) -> None:
    response = as_(people[3]).post(path(mandate, "recall/"), {"reason": ""})

    assert response.status_code == 422
    assert not mandate.recalls.exists()


def test_markup_in_a_mandate_cannot_run(street: Body, people: list[Person]) -> None:
    bad = "<script>alert(1)</script>"
    mandate = village.make_mandate(street, people, people[1], author=people[0], title=bad)
    mandates.report(mandate, bad, by=people[1])

    html = as_(people[0]).get(path(mandate)).content.decode()

    assert bad not in html


def test_the_page_costs_the_same_in_a_large_body(mandate: Mandate, people: list[Person]) -> None:
    client = as_(people[0])

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path(mandate)).status_code == 200
        return len([query for query in asked if "SAVEPOINT" not in query["sql"]])

    few = statements()
    at = folkmoot_now()
    for person in village.make_people(*(f"n{number}" for number in range(60))):
        mandate.body.memberships.create(person=person, joined_at=at, voice_from=at)
    for number in range(5):
        mandates.report(mandate, f"Report {number}", by=people[1])

    assert statements() == few
    assert few <= 12
