"""A street forms a watch in real browsers: members of it accept its codes, the neighbourhood elects its coordinator,
and a new version of a code makes them wait. What is shown to whom stands in docs/defense.md.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from core.actions import ballots
from core.models import Body, Membership, Proposal
from core.timekeeping import folkmoot_now
from defense.models import Post
from defense.queries.standing import is_in_good_standing
from defense.rules.codes import NOTICE
from tests import village
from tests.browser.test_every_page import findings
from tests.browser.test_talk import walk_of
from tests.browser.walking import Walk
from tests.core.people.cast import Street, make_street
from tests.defense.scene import CODE, adopted, set_code

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TALK = timedelta(days=4)


@pytest.fixture
def street(transactional_db: None) -> Street:
    return make_street(open_proposals=10)


def test_a_street_forms_a_watch_elects_its_coordinator_and_a_new_code_makes_its_members_wait(
    browser: Browser, live_server: LiveServer, street: Street
) -> None:
    ana = walk_of(browser, live_server, street.ana, width=1280)
    bruno = walk_of(browser, live_server, street.bruno, scripted=False)
    carla = walk_of(browser, live_server, street.carla)
    farid = walk_of(browser, live_server, street.farid)
    dario = walk_of(browser, live_server, street.dario, scripted=False)

    watch = formed(ana, farid, street)
    three_adopt_its_charter(watch, ana, bruno, carla, dario)
    a_code_is_adopted(watch, ana, farid, street)
    set_code(watch, "confederal", street.ana, street.members)
    for member in (bruno, carla):
        opts_in(member, watch)
    post = a_post_is_opened(watch, farid, street)
    the_neighbourhood_elects(post, farid, bruno, street)
    a_new_version_makes_them_wait(watch, bruno, farid, street)
    who_accepts_it_waits_no_longer(watch, carla, street)


def sound(walk: Walk) -> None:
    """Axe finds nothing on the page, in the dark and in the light, and nothing is cut."""
    assert findings(walk.page) == []


def decided(proposal: Proposal, author: Walk, voter: Walk, street: Street) -> None:
    """The author opens the vote and agrees, a neighbour agrees too; the others as they would, by their pages."""
    village.move_clock(TALK)
    author.go(proposal.get_absolute_url())
    author.press("Open the vote")
    for walk in (author, voter):
        walk.go(proposal.get_absolute_url())
        walk.choose("agree")
        walk.press("Give my position")
        walk.reads("Your position counts. You can change it below.")
    vote = proposal.votes.get()
    for person in (street.bruno, street.carla, street.eva):
        village.cast(vote, person, "agree")
    village.close(vote)
    author.go(proposal.get_absolute_url())
    author.reads("Carried out")


def formed(ana: Walk, farid: Walk, street: Street) -> Body:
    """Ana proposes a watch from the page of the street, and the street forms it."""
    ana.go(street.body.get_absolute_url())
    ana.follow("Defence bodies")
    ana.reads("There are none")
    sound(ana)
    ana.follow("Propose a defence body")
    sound(ana)
    ana.fill("What is it called?", "Alder Street Watch")
    ana.fill("What is it for?", "That nobody is alone at the door.")
    ana.fill("Why?", "Twice this winter somebody was.")
    ana.press("Put it up for discussion")
    ana.reads("It keeps no plans, targets, patrols, places, weapons, equipment or tactics")
    sound(ana)
    decided(Proposal.objects.get(kind="defense"), ana, farid, street)
    return Body.objects.get(kind=Body.Kind.DEFENSE)


def three_adopt_its_charter(watch: Body, ana: Walk, bruno: Walk, carla: Walk, dario: Walk) -> None:
    """Ana invites; who lives in the street comes in, who does not is told why not; with three it decides."""
    ana.go(f"/b/{watch.host.slug}/defense/")  # type: ignore[union-attr]
    ana.page.get_by_role("link", name=watch.name, exact=True).click()
    ana.press("Adopt this charter")
    sound(ana)
    ana.follow("Invite a neighbour")
    ana.fill("For how many people?", "2")
    ana.press("Make the link")
    link = ana.page.locator(".sheet a").get_attribute("href") or ""
    path = "/" + link.split("/", 3)[3]

    dario.go(path)
    dario.press("Accept the invitation")
    dario.reads("Members of a defence body are members of the council it answers to. Join that first.")
    for neighbour in (bruno, carla):
        neighbour.go(path)
        neighbour.press("Accept the invitation")
        neighbour.go(watch.get_absolute_url())
        neighbour.press("Adopt this charter")

    watch.refresh_from_db()
    assert watch.adopted_at is not None
    assert not Membership.objects.filter(body=watch, person__sign_in_name="dario").exists()


def a_code_is_adopted(watch: Body, ana: Walk, farid: Walk, street: Street) -> None:
    """The street adopts the first code of the watch."""
    ana.go(watch.get_absolute_url())
    ana.follow("Codes of conduct")
    ana.reads("There is none yet. Until there are both, nobody can hold a post.")
    ana.page.locator("#code-own").get_by_role("link", name="Propose a version").click()
    sound(ana)
    ana.fill("The code", CODE)
    ana.fill("Why?", "So that all know what we do, and what we do not.")
    ana.press("Put it up for discussion")
    ana.reads("The first version: adopted, it is in force at once.")
    sound(ana)
    decided(Proposal.objects.get(kind="code"), ana, farid, street)


def opts_in(walk: Walk, watch: Body) -> None:
    """A member reads both codes and accepts them."""
    walk.go(watch.get_absolute_url())
    walk.reads("Your membership waits until you accept both codes of conduct.")
    walk.follow("Read and accept")
    expect(walk.page.get_by_role("link", name="Overview", exact=True)).to_have_attribute("aria-current", "page")
    for scope in ("own", "confederal"):
        box = walk.page.locator(f"#code-{scope}")
        box.get_by_role("button", name="I accept version 1").click()
        expect(box.get_by_role("button", name="I accept version 1")).to_have_count(0)
    walk.follow("Overview")
    walk.reads("You have accepted both codes of conduct that are in force.")


def a_post_is_opened(watch: Body, farid: Walk, street: Street) -> Post:
    """Farid is a neighbour and no member of the watch; he proposes the post, because the street decides on it."""
    farid.go(f"/b/{street.body.slug}/defense/")
    farid.page.get_by_role("link", name="Chain of command").click()
    farid.reads("There are no posts yet")
    farid.follow("Propose a post")
    sound(farid)
    farid.fill("What is the post called?", "Coordinator")
    farid.fill("Why?", "Somebody has to answer for it.")
    farid.press("Put it up for discussion")
    adopted(Proposal.objects.get(kind="post"), street.members)
    return Post.objects.get(name="Coordinator")


def the_neighbourhood_elects(post: Post, farid: Walk, bruno: Walk, street: Street) -> None:
    """Farid calls for the election and cannot stand; bruno can, and all of the street are on the roll."""
    farid.go(f"/b/{post.body.slug}/chain/")
    farid.reads("vacant")
    farid.page.get_by_role("link", name="Elect somebody").click()
    sound(farid)
    farid.fill("The task", "Speak for the watch, and report to the street.")
    farid.fill("The limits", "Decide nothing alone.")
    farid.fill("Why?", "The post is vacant.")
    farid.press("Put it up and look for candidates")
    farid.unfold("Stand yourself")
    farid.press("I stand")
    farid.reads("Only members who have accepted both codes of conduct, in the version in force, can hold a post.")

    proposal = Proposal.objects.get(kind="election")
    bruno.go(proposal.get_absolute_url())
    bruno.unfold("Stand yourself")
    bruno.fill("What members should know about you", "I answer the door.", exact=False)
    bruno.press("I stand")
    bruno.reads("I answer the door.")
    village.move_clock(TALK)
    farid.go(proposal.get_absolute_url())
    farid.press("Open the vote")
    vote = proposal.votes.get()
    for walk in (farid, bruno):
        marks(walk, proposal, "Bruno")
    for person in (street.ana, street.eva):
        ballots.cast(vote, (1,), by=person)
    village.close(vote)

    farid.go(proposal.get_absolute_url())
    farid.reads("Elected")
    sound(farid)
    farid.go(f"/b/{post.body.slug}/chain/")
    farid.reads("Bruno")
    sound(farid)


def marks(walk: Walk, proposal: Proposal, name: str) -> None:
    """Somebody marks a candidate and casts the ballot."""
    walk.go(proposal.get_absolute_url())
    walk.page.get_by_label(name, exact=True).check()
    walk.press("Cast my ballot")
    walk.reads("Your choice counts. You can change it below.")


def a_new_version_makes_them_wait(watch: Body, bruno: Walk, farid: Walk, street: Street) -> None:
    """The street adopts a second version: nothing rests for 14 days, then the post does until bruno accepts it."""
    set_code(watch, "own", street.farid, street.members, f"{CODE}\n\nWe tell what we saw.")
    bruno.go(watch.get_absolute_url())
    bruno.reads("You have accepted both codes of conduct that are in force.")
    village.move_clock(NOTICE + timedelta(minutes=1))
    bruno.go(watch.get_absolute_url())
    bruno.reads("A post rests meanwhile; in the council you have all your rights.")
    farid.go(f"/b/{watch.slug}/chain/")
    farid.reads("rests")
    farid.go(f"/b/{watch.slug}/codes/")
    for name in ("Ana", "Bruno", "Carla"):
        expect(farid.page.locator("#accepted li", has_text=name)).to_contain_text("waits")
    expect(farid.page.get_by_role("button", name="I accept version 2")).to_have_count(0)
    sound(farid)


def who_accepts_it_waits_no_longer(watch: Body, carla: Walk, street: Street) -> None:
    """Carla reads Spanish: the page says in her words that she waits, and she accepts."""
    carla.language = "es"
    carla.page.context.set_extra_http_headers({"Accept-Language": "es"})
    assert not is_in_good_standing(street.carla, watch, at=folkmoot_now())
    carla.go(f"/b/{watch.slug}/codes/")
    sound(carla)
    carla.page.get_by_role("button", name=carla.say("I accept version %(n)s", n=2)).click()
    expect(carla.page.locator(".messages")).to_contain_text(carla.say("Accepted. It is written down with the day."))
    carla.follow("Overview")
    carla.reads("You have accepted both codes of conduct that are in force.")
    assert is_in_good_standing(street.carla, watch, at=folkmoot_now())
