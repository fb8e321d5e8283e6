"""An audit of a defence body in a real browser: the neighbourhood elects an auditor, who reads, finds and reports; a
member of the body answers, and a neighbour recalls from the finding. What is shown to whom stands in docs/audits.md.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from core.actions import ballots
from core.models import Audit, Mandate, Proposal
from tests import village
from tests.browser.test_every_page import findings
from tests.browser.test_talk import walk_of
from tests.browser.walking import Walk
from tests.defense.scene import Watch, make_watch

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def watch(transactional_db: None) -> Watch:
    return make_watch()


def test_an_auditor_is_elected_reads_and_reports_and_a_neighbour_recalls_from_the_finding(
    browser: Browser, live_server: LiveServer, watch: Watch
) -> None:
    farid = walk_of(browser, live_server, watch.farid, scripted=False)
    gina = walk_of(browser, live_server, watch.gina, width=1280)
    eva = walk_of(browser, live_server, watch.eva)

    proposal = called_for(gina, watch)
    elected(proposal, gina, farid, eva, watch)
    read_and_found(farid, proposal)
    audit = Audit.objects.get()
    answered(eva, audit)
    gina.go(audit.get_absolute_url())
    gina.open("Mandate and reports of Farid")
    gina.reads("Two months, two readings, one finding.")
    gina.go(audit.get_absolute_url())
    gina.reads("We write one tonight.")
    sound(gina)
    gina.page.get_by_role("link", name="Recall Bruno (Coordinator)").click()
    sound(gina)
    gina.press("Open the recall")

    gina.reads("Two months, and no report.")
    assert watch.mandate.recalls.get().author == watch.gina


def sound(walk: Walk) -> None:
    """Axe finds nothing on the page, in the dark and in the light, and nothing is cut."""
    assert findings(walk.page) == []


def called_for(gina: Walk, watch: Watch) -> Proposal:
    """A neighbour proposes to elect an auditor, from the page of the street."""
    gina.go(watch.host.get_absolute_url())
    gina.follow("Audits")
    gina.reads("No audit yet")
    gina.follow("Elect an auditor")
    sound(gina)
    gina.pick("Which body is audited?", "Street watch")
    gina.fill("What is the mandate called?", "Auditor of the watch")
    gina.fill("Why?", "We have not heard from them.")
    gina.press("Put it up and look for candidates")
    gina.reads("Decisions, Mandates and reports, The record")
    sound(gina)
    return Proposal.objects.get(audit__body=watch.body)


def elected(proposal: Proposal, gina: Walk, farid: Walk, eva: Walk, watch: Watch) -> None:
    """Farid stands and is elected; eva is a member of the watch, and is told why she cannot stand."""
    eva.go(proposal.get_absolute_url())
    eva.unfold("Stand yourself")
    eva.press("I stand")
    eva.reads("Nobody audits a body of their own")
    farid.go(proposal.get_absolute_url())
    farid.unfold("Stand yourself")
    farid.press("I stand")
    village.move_clock(timedelta(days=4))
    gina.go(proposal.get_absolute_url())
    gina.press("Open the vote")
    for walk in (gina, farid):
        walk.go(proposal.get_absolute_url())
        walk.page.get_by_label("Farid", exact=True).check()
        walk.press("Cast my ballot")
        walk.reads("Your choice counts. You can change it below.")
    vote = proposal.votes.get()
    for person in (watch.ana, watch.bruno):
        ballots.cast(vote, (1,), by=person)
    village.close(vote)

    assert Mandate.objects.get(granted_by=proposal).person == watch.farid


def read_and_found(farid: Walk, proposal: Proposal) -> None:
    """From the page of the election to the audit: the auditor reads, writes down a finding, and reports."""
    farid.go(proposal.get_absolute_url())
    farid.open("Street watch")
    farid.press("Read: %(matter)s", matter="Mandates and reports")
    farid.page.get_by_role("button", name="Read it").first.click()
    farid.reads("No report was given.")
    farid.follow("Back to the audit")
    farid.follow("Write down a finding")
    farid.fill("What is it about?", "No report")
    farid.fill("What did you find?", "Two months, and no report.")
    farid.page.get_by_label("serious").check()
    farid.page.get_by_label("Mandates and reports: Coordinator · Bruno").check()
    farid.press("Write it down")
    farid.reads("No report")
    farid.fill("What was done, and what comes next?", "Two months, two readings, one finding.")
    farid.press("Report")
    farid.reads("2 readings, the newest first.")


def answered(eva: Walk, audit: Audit) -> None:
    """A member of the watch answers; she reads Spanish."""
    eva.language = "es"
    eva.page.context.set_extra_http_headers({"Accept-Language": "es"})
    eva.go(audit.get_absolute_url())
    sound(eva)
    eva.write("text", "We write one tonight.")
    eva.page.locator("#findings").get_by_role("button").click()
    expect(eva.page.locator(".messages")).to_contain_text(eva.say("Answered. The host is told."))
