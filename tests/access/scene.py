"""A body with one of everything, and the people of the access table."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from core.actions import (
    affected,
    amendments,
    applications,
    bodies,
    candidacies,
    charters,
    comments,
    desk,
    entering,
    friends,
    hosts,
    invitations,
    mandates,
    memberships,
    mergings,
    opening,
    people,
    proposals,
    recoveries,
    tokens,
)
from core.actions.proposals import Todo
from core.models import (
    ApiToken,
    Application,
    Body,
    Cause,
    Checkpoint,
    Notice,
    Person,
    Proposal,
    Receipt,
    RecordHead,
    SigningKey,
    Vote,
)
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from councils.actions import boards, groups, library, profiles, splits, studies
from councils.models import Split
from councils.rules.profiles import Profile
from tests import village
from tests.access.audited import audited
from tests.access.confederated import confederated
from tests.access.defended import defended
from tests.access.files import sealed
from tests.access.halls import halls

TOKEN = "a-token-of-the-table"


@dataclass
class Scene:
    """A body that is not listed, with one of everything; `keys` points at it, by the first word of a path."""

    body: Body
    people: dict[str, Person]
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    """Tokens of the author's for the API."""


INSIDE = ("author", "member", "holder", "another")


def make_scene() -> Scene:
    """The body and its people."""
    names = (*INSIDE, "former", "removed", "newcomer", "stranger", "applicant", "closed")
    cast = dict(zip(names, village.make_people(*names), strict=True))
    inside = [cast[name] for name in (*INSIDE, "former", "removed", "closed")]
    body = village.make_council("Alder", inside, listed=False, open_proposals=10)
    birch = village.make_council("Birch", [cast["stranger"], *village.make_people("bert", "berta")])
    cedar = village.make_council("Cedar Lane", village.make_people("cleo", "cosima", "carl"))
    scene = Scene(body, cast, {"birch": {"pk": birch.pk}, "cedar": {"pk": cedar.pk}})
    scene.keys |= audited([cast[name] for name in INSIDE], cast["newcomer"], cast["holder"])
    scene.keys |= defended(scene.keys["audit host"]["slug"], inside[:3])
    what_is_founded(scene)  # takes more days than somebody who was removed has to appeal
    what_was_decided(scene)
    what_is_under_way(scene)
    scene.keys |= halls(body, cast)
    who_comes_and_goes(scene)
    what_is_ones_own(scene)
    what_is_shared(scene)
    scene.keys |= sealed(cast)
    scene.keys |= confederated([cast[name] for name in INSIDE], cast["newcomer"], cast["holder"])
    return scene


def what_is_founded(scene: Scene) -> None:
    """A catalyst group of those inside, with a board that listens and one whose assembly has begun."""
    cast, at = scene.people, folkmoot_now()
    author = cast["author"]
    draft = charters.Draft("We help to found councils.", "", CharterNumbers())
    group = bodies.form("Lantern", draft, by=author, at=at, kind=Body.Kind.CATALYST, listed=False)
    with transaction.atomic():
        for name in (*INSIDE[1:], "newcomer"):
            memberships.admit(group, cast[name], at=at)
    for name in INSIDE[:3]:
        bodies.adopt(group.charters.get(), by=cast[name], at=at)
    group.refresh_from_db()
    mill, millers = what_asks_for_a_host(scene.body)
    votes = open_after_talk(*(village.make_proposal(group, author) for _number in range(3)), mill)
    for vote in votes:
        for person in [cast[name] for name in INSIDE] if vote.proposal.body == group else millers:
            village.cast(vote, person, "agree")
    village.close(votes[-1])
    listening, inviting = (boards.open(group, title, by=author, at=folkmoot_now()) for title in ("Cedar", "Elm"))
    for board in (listening, inviting):
        boards.hear(board, "Shade", 3, in_all=9, by=author)
    profile = Profile("street", "All who live there.")
    inviting = boards.set_scope(inviting, "Elm Street", profile, draft, by=author, listed=False)
    invitation, token = boards.invite(inviting, by=author, uses=5)
    [founder] = village.make_people("founder")
    came = invitations.accept(token, by=founder, at=folkmoot_now())
    boards.call_assembly(inviting, folkmoot_now() + timedelta(hours=1), "The hall", "", by=author)
    village.move_clock(timedelta(hours=2))
    with transaction.atomic():
        profiles.set_first(scene.body, profile, at=folkmoot_now())
    two = splits.propose(scene.body, ("North", "South"), "We are many.", by=author, at=folkmoot_now())
    scene.keys |= {
        "group": {"slug": group.slug},
        "boards": {"pk": inviting.pk},
        "listening": {"pk": listening.pk},
        "link": {"pk": inviting.pk, "number": invitation.pk},
        "came": {"pk": came.pk},
        "accords": {"pk": mill.accord.accord_id},
        "accord here": {"slug": scene.body.slug, "pk": mill.accord.accord_id},
        "groups": {"pk": groups.add(scene.body, "Choir", "Sings.", "choir.example", by=author, at=folkmoot_now()).pk},
        "split": {"pk": Split.objects.get(proposal=two).pk},
        "split proposal": {"pk": two.pk},
    }


def what_asks_for_a_host(body: Body) -> tuple[Proposal, list[Person]]:
    """A cooperative of others that wants to answer to this body, which was listed then."""
    millers = village.make_people("mia", "milo", "mona")
    mill = village.make_council("Mill", millers, listed=False)
    mill.kind = Body.Kind.COOPERATIVE
    mill.save(update_fields=["kind"])
    seen = Body(pk=body.pk, name=body.name, kind=body.kind, listed=True, adopted_at=body.adopted_at)
    return hosts.propose(mill, seen, "You know us.", by=millers[0], at=folkmoot_now()), millers


def what_was_decided(scene: Scene) -> None:
    """A mandate, a decision with a task, and a removal, all of the author's."""
    body, author = scene.body, scene.people["author"]
    mandate = offered(scene, "Run the tool library")
    mandates.accept(mandate, by=scene.people["holder"], at=folkmoot_now())
    decision = village.make_proposal(body, author, tasks=[Todo("Dig", scene.people["holder"])])
    removed = village.membership(body, scene.people["removed"])
    removal = village.make_proposal(body, author, title="Remove one", kind="removal", subject=removed)
    votes = open_after_talk(mandate, decision, removal)
    for vote in votes:
        for name in (*INSIDE, "former", "closed"):
            village.cast(vote, scene.people[name], "yes" if vote.proposal == removal else "agree")
    for vote in votes:
        village.close(vote)
    scene.keys |= {
        "mandates": {"pk": mandate.granted.get().pk},
        "tasks": {"pk": decision.tasks.get().pk},
        "decision": {"pk": decision.pk},
        "removal": {"pk": removal.pk},
        "signed": {"pk": signed(votes[0]).pk},
        "signed vote": {"pk": mandate.pk, "number": 1},
    }


def signed(vote: Vote) -> Vote:
    """As the signer leaves it: a checkpoint of the record, and a receipt for every ballot of the vote."""
    body, at = vote.proposal.body, folkmoot_now()
    head = RecordHead.objects.get(pk=body.pk)
    key = SigningKey.objects.create(key_id="00" * 4, text="a key", at=at)
    Checkpoint.objects.create(body=body, key=key, size=head.seq, root="", head=head.hash, at=at, note="a note")
    for ballot in vote.ballots.all():
        Receipt.objects.create(ballot=ballot, key=key, change_no=ballot.change_no, at=at, note="a note")
    return vote


def offered(scene: Scene, title: str) -> Proposal:
    """A proposal to give the holder a mandate, not accepted yet."""
    at, author = folkmoot_now(), scene.people["author"]
    proposal = proposals.draft(scene.body, by=author, at=at, title=title, text=village.TEXT, kind="mandate")
    terms = mandates.Terms(scene.people["holder"], "Lend out the tools.", "Spend nothing.", 180, 30)
    mandates.offer(proposal, terms, by=author)
    return proposals.put_up(proposal, by=author, at=at)


def open_after_talk(*talked_over: Proposal) -> list[Vote]:
    """Their votes, eight days later."""
    village.move_clock(timedelta(days=8))
    return [opening.open_vote(proposal, by=proposal.author) for proposal in talked_over if proposal.author]


def what_is_under_way(scene: Scene) -> None:
    """A proposal talked over for long enough and one in its vote; beside them an idea and what waits for somebody."""
    body, author, holder = scene.body, scene.people["author"], scene.people["holder"]
    ripe, voted_on = village.make_proposal(body, author), village.make_proposal(body, author)
    [vote] = open_after_talk(voted_on)
    membership = village.membership(body, holder)
    removal = village.make_proposal(body, author, title="Remove the holder", kind="removal", subject=membership)
    at = folkmoot_now()
    election = village.make_election(body, author)
    candidacies.propose(election, holder, by=author, at=at)
    comment = comments.write(ripe, "Mind the pipe.", by=author, at=at)
    birch = Body.objects.get(pk=scene.keys["birch"]["pk"])
    affected.name(ripe, birch, "They share the wall.", by=author, at=at)
    words = amendments.propose(ripe, "common garden", "garden for all", "It is plainer.", by=holder, at=at, seen=1)
    written = entering.enter(vote, scene.people["another"], "agree", by=author, way="desk")
    for_member = entering.enter(vote, scene.people["member"], "agree", by=author, way="desk")
    entering.confirm(for_member, "agree", by=holder)
    handout = desk.ask_for_card(body, scene.people["another"], by=author, at=at)  # nobody here has a password
    idea = proposals.draft(body, by=author, at=at, title="An idea", text="Not yet.")
    scene.keys |= {
        "proposals": {"pk": ripe.pk},
        "comments": {"pk": comment.pk},
        "amendments": {"pk": words.pk},
        "affected": {"slug": birch.slug, "pk": ripe.pk},
        "summary": {"pk": ripe.pk, "of": "talk"},
        "idea": {"pk": idea.pk},
        "offered": {"pk": offered(scene, "Keep the keys").pk},
        "urgent": {"pk": village.make_proposal(body, author, urgent=True).pk},
        "about holder": {"pk": removal.pk},
        "election": {"pk": election.pk},
        "in vote": {"pk": voted_on.pk},
        "vote": {"pk": voted_on.pk, "number": vote.number},
        "vote id": {"vote": vote.pk},
        "entered": {"pk": written.pk},
        "handout": {"pk": handout.pk},
    }


def who_comes_and_goes(scene: Scene) -> None:
    """One who waits for a voice, two who ask to join, one who left, one who closed the account."""
    body, cast, at = scene.body, scene.people, folkmoot_now()
    twins = village.make_people("twin", "double")
    with transaction.atomic():
        for person in (cast["newcomer"], *twins):
            memberships.admit(body, person, at=at)
    merging = mergings.ask(village.membership(body, twins[1]), by=twins[0], at=at)
    asking = applications.apply(body, by=cast["applicant"], at=at)
    [vouched] = village.make_people("vouched")
    objected = applications.apply(body, by=vouched, at=at)
    assert isinstance(objected, Application)
    for name in ("author", "another"):
        objected = applications.vouch(objected, by=cast[name], at=at)
    assert objected.stage == Application.Stage.OBJECTIONS
    invitation, _token = invitations.invite(body, by=cast["author"], at=at, uses=50, token=TOKEN)
    memberships.leave(body, by=cast["former"])
    people.close_account(cast["closed"], at=at)
    scene.keys |= {
        "applications": {"pk": asking.pk},
        "objected": {"pk": objected.pk},
        "invitations": {"pk": invitation.pk},
        "mergings": {"pk": merging.pk},
        "members": {"pk": village.membership(body, cast["another"]).pk},
        "slug": {"slug": body.slug},
        "charter": {"slug": body.slug, "number": 1},
    }


def what_is_ones_own(scene: Scene) -> None:
    """The author's tokens, friends and a piece of news; a new password of the holder's that waits."""
    author, at = scene.people["author"], folkmoot_now()
    chosen = friends.choose(author, [scene.people[name] for name in ("member", "holder", "another")], at=at)
    waiting = recoveries.by_mailbox(scene.people["holder"], "kettle lamp garden")
    for name, scope in (("read", "read"), ("act", "act"), ("ended", "act")):
        token, scene.secrets[name] = tokens.make(author, name=name, scope=scope, days=3, at=at)
    ApiToken.objects.filter(name="ended").update(ended_at=at)
    cause = Cause.objects.filter(body=scene.body).latest("pk")
    notice, _new = Notice.objects.get_or_create(cause=cause, person=author, defaults={"at": at})
    scene.keys |= {
        "tokens": {"pk": token.pk},
        "notices": {"pk": notice.pk},
        "recovery": {"pk": waiting.pk},
        "friend": {"pk": chosen[0].pk},
    }


def what_is_shared(scene: Scene) -> None:
    """Two things of the author's in the library, one of them lent, and a reading group."""
    body, author, at = scene.body, scene.people["author"], folkmoot_now()
    here, lent = (library.add(body, by=author, at=at, name=name) for name in ("A tent", "A drill"))
    library.lend(lent, scene.people["another"], (at + timedelta(days=9)).date(), by=author, at=at)
    begins = at + timedelta(days=9)
    plan = studies.Plan("reading", "A text", "", "A kitchen", begins, begins + timedelta(hours=2))
    study = studies.announce(body, plan, by=author, at=at)
    scene.keys |= {"things": {"pk": here.pk}, "lent": {"pk": lent.pk}, "studies": {"pk": study.pk}}


def remove(body: Body, person: Person) -> None:
    """End a membership as a removal does."""
    with transaction.atomic():
        memberships.remove(village.membership(body, person), at=folkmoot_now())
