"""A case on the pages and over the API, from the complaint to the appeal; and what others are shown of it."""

from typing import Any

import pytest
from django.test import Client

from core.actions.settling import settle
from core.models import Case, CaseFinding, DoneOnce, Proposal, Reading
from tests.core.cases.cast import ANSWER, COMPLAINT, REASONS, WORDS, Court, fresh, panel
from tests.core.people.cast import as_, text_of

pytestmark = pytest.mark.django_db

LIST, NEW = "/b/alder-street/cases/", "/b/alder-street/cases/new/"


def opened(person: Any) -> Client:
    """Somebody's browser, with their key open."""
    browser = as_(person)
    assert browser.post("/settings/reading/open/", {"passphrase": WORDS}).status_code == 303
    return browser


def test_case_pages_lead_from_the_complaint_to_the_appeal(court: Court) -> None:
    ana, bruno = opened(court.ana), opened(court.bruno)
    complaint = {"subject": court.bruno.pk, "said": COMPLAINT, "named": "Carla\n", "once": "a"}
    assert ana.post(NEW, complaint | {"named": "Nobody"}).status_code == 422
    made = ana.post(NEW, complaint)
    assert (made.status_code, ana.post(NEW, complaint).headers["Location"]) == (303, made.headers["Location"])
    case, page = Case.objects.get(), made.headers["Location"]
    assert "waits for its panel" in text_of(ana.get(page))
    settle()
    judges = [opened(person) for person in panel(fresh(case))]
    assert "The lot has drawn you" in text_of(judges[0].get(page))
    for judge in judges:
        assert judge.post(f"{page}take-seat/").status_code == 303

    # The page keeps nothing until it is asked for; whoever reads hands the file on.
    assert "55-umbrella-55" not in text_of(ana.get(page))
    assert "not sealed to your key yet" in text_of(judges[0].get(page))
    read = ana.post(f"{page}read/")
    assert "55-umbrella-55" in text_of(read)
    assert "no-store" in read.headers["Cache-Control"]
    assert "55-umbrella-55" in text_of(judges[0].post(f"{page}read/"))
    assert as_(court.ana).post(f"{page}read/").status_code == 409  # another browser, where the key is locked

    assert bruno.post(f"{page}say/", {"said": ANSWER}).status_code == 303
    assert judges[0].post(f"{page}sit/").status_code == 303
    assert judges[0].post(f"{page}find/", {"outcome": "nothing", "grounds": REASONS}).status_code == 422
    found = {"outcome": "end_mandate", "mandate": court.mandate.pk, "grounds": REASONS}
    assert judges[0].post(f"{page}find/", found).status_code == 303
    assent = f"/findings/{CaseFinding.objects.get().pk}/assent/"
    assert judges[1].post(assent).status_code == 403
    judges[1].post(f"{page}read/")
    assert judges[1].post(assent).status_code == 303

    # The one who agreed last had the key open: the reasons are sealed to both sides.
    said = text_of(bruno.post(f"{page}read/"))
    assert "The mandate ends : Run the tool library" in said
    assert "77-gravel-77" in said
    assert bruno.post(f"{page}appeal/", {"appeal": ""}).status_code == 422
    assert bruno.post(f"{page}appeal/", {"appeal": "Ask those who were there."}).status_code == 303
    proposal = Proposal.objects.get(kind="case_appeal")
    assert "Ask those who were there." in text_of(as_(court.carla).get(proposal.get_absolute_url()))


def test_case_pages_show_others_numbers_and_no_names(court: Court) -> None:
    case = court.up_to("drawn")
    others = [person for person in court.members if person not in (court.ana, court.bruno, *panel(case))]

    for person in others:
        browser = as_(person)
        assert browser.get(case.get_absolute_url()).status_code == 404
        assert browser.post(f"{case.get_absolute_url()}read/").status_code == 404
        shown = text_of(browser.get(LIST)).partition("In numbers")[2]
        assert "opened 1" in shown
        assert not any(each.display_name in shown for each in court.members)
        assert browser.get("/api/v1/bodies/alder-street/cases/").json()["mine"] == []
        assert browser.get(f"/api/v1/cases/{case.pk}/").status_code == 404
    assert as_(court.outsider).get(LIST).status_code == 404


def test_cases_over_the_api(court: Court) -> None:
    def send(person: Any, path: str, **fields: Any) -> Any:
        key = {"Idempotency-Key": f"{path} {person.pk}"}
        return as_(person).post(f"/api/v1/{path}", fields, content_type="application/json", headers=key)

    complaint = {"subject": court.bruno.pk, "words": COMPLAINT, "named": [court.carla.pk]}
    made = send(court.ana, "bodies/alder-street/cases/", **complaint)
    assert made.status_code == 201
    assert send(court.ana, "bodies/alder-street/cases/", **complaint).json()["id"] == made.json()["id"]
    settle()
    case = Case.objects.get()
    judge, path = panel(case)[0], f"cases/{case.pk}/"
    assert send(judge, f"{path}take-seat/").status_code == 200
    assert send(judge, f"{path}papers/", passphrase="not these words at all").status_code == 403
    assert [paper["words"] for paper in send(judge, f"{path}papers/", passphrase=WORDS).json()] == [None]
    assert [paper["words"] for paper in send(court.ana, f"{path}papers/", passphrase=WORDS).json()] == [COMPLAINT]
    assert [paper["words"] for paper in send(judge, f"{path}papers/", passphrase=WORDS).json()] == [COMPLAINT]
    assert Reading.objects.count() == 2
    lot = as_(judge).get(f"/api/v1/{path}lot/").json()
    assert lot["seed"] == case.seed
    assert judge.pk in [each["person"]["id"] for each in lot["among"]]
    assert not any(COMPLAINT in row.result for row in DoneOnce.objects.all())
