"""A defence body in a real browser: a member who waits accepts the new code; an auditor reads and finds, and a
neighbour recalls from the finding.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from defense.rules.codes import NOTICE
from tests import village
from tests.browser.test_every_page import findings
from tests.browser.test_talk import walk_of
from tests.core.audits.scene import call_for_audit, elect
from tests.defense.scene import Watch, make_watch, set_code

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def watch(transactional_db: None) -> Watch:
    return make_watch()


def test_a_member_who_waits_accepts_and_the_post_rests_no_longer(
    browser: Browser, live_server: LiveServer, watch: Watch
) -> None:
    set_code(watch.body, "own", watch.ana, watch.neighbours, "We tell what we saw.")
    village.move_clock(NOTICE + timedelta(minutes=1))
    bruno = walk_of(browser, live_server, watch.bruno)

    bruno.go(f"/b/{watch.body.slug}/chain/")
    bruno.reads("rests")
    bruno.go(watch.body.get_absolute_url())
    bruno.reads("Your membership waits until you accept both codes of conduct.")
    bruno.follow("Read and accept")
    bruno.page.get_by_role("button", name="I accept version 2").click()

    assert bruno.page.get_by_text("Accepted. It is written down with the day.").is_visible()
    assert findings(bruno.page) == []
    bruno.follow("Overview")
    bruno.reads("You have accepted both codes of conduct that are in force.")


def test_an_auditor_reads_and_finds_and_a_neighbour_recalls_from_the_finding(
    browser: Browser, live_server: LiveServer, watch: Watch
) -> None:
    proposal = call_for_audit(watch.host, watch.body, watch.ana)
    audit = elect(proposal, watch.farid, watch.neighbours)
    farid = walk_of(browser, live_server, watch.farid, scripted=False)
    gina = walk_of(browser, live_server, watch.gina)

    farid.go(audit.get_absolute_url())
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
    gina.go(audit.get_absolute_url())
    assert findings(gina.page) == []
    gina.reads("Coordinator · Bruno")
    gina.page.get_by_role("link", name="Recall Bruno (Coordinator)").click()
    gina.press("Open the recall")

    gina.reads("Two months, and no report.")
    assert watch.mandate.recalls.get().author == watch.gina
