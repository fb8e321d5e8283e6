"""The story of the watch of Alder Street: a defence body that its council formed, what it promised, who audits it.

Governance only, as everywhere (docs/defense.md): nothing of what a watch does is told.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from core.actions import audits, bodies, candidacies, elections, mandates
from core.actions import proposals as writing
from core.models import Audit, Body, Mandate, Membership, Person
from core.queries.charters import today_in
from core.timekeeping import folkmoot_now
from councils.demo.teller import Event, World
from defense.actions import codes, forming, posts, training
from defense.models import Code, Post, TrainingDay
from defense.rules.codes import OWN, SCOPES

NAME = "Alder Street Watch"
PURPOSE = (
    "We stand by whoever is threatened on our street, and write down what we have seen. We answer to the street for "
    "each hour of it."
)
CODES = {
    "own": "We come when somebody calls us, and go when they ask us to.\n\nWe touch nobody and threaten nobody.\n\n"
    "What we learn of a neighbour stays with us.",
    "confederal": "A defence body obeys its council, and nobody else.\n\nWhoever is asked says who they are and for "
    "whom they stand there.",
}
NEWER = (
    "We come when somebody calls us, and go when they ask us to.\n\nWe touch nobody and threaten nobody.\n\nWhat we "
    "learn of a neighbour stays with us, also towards friends and at home.\n\nWe go in pairs, never alone."
)
AUDITED = ("decisions", "mandates", "record")


def events(w: World) -> list[Event]:
    """What happens, by days before today; `w` is the street."""
    return [*formed(w), *promised(w), *posted(w), *trained(w), *audited(w)]


def the_watch() -> Body:
    """The body itself."""
    return Body.objects.get(name=NAME)


def people_of(w: World) -> list[Person]:
    """Its members: four of the cast and two neighbours."""
    return [*(w.cast[name] for name in ("bruno", "gina", "hugo", "ana")), w.people[11], w.people[16]]


def agreed(w: World, name: str) -> None:
    """Twenty of the street agree to a kept proposal: enough, and no dice are thrown."""
    proposal = w.kept[name]
    assert proposal.author is not None  # noqa: S101  (for the type checker: people wrote these)
    vote = w.t.open(proposal, proposal.author)
    for person in w.people[:20]:
        w.t.cast(vote, person, "agree")


def elected(w: World, name: str) -> None:
    """Twenty of the street vote for the one who stands, in secret."""
    proposal = w.kept[name]
    assert proposal.author is not None  # noqa: S101
    vote = w.t.open(proposal, proposal.author)
    for person in w.people[:20]:
        w.t.cast(vote, person, (1,))


def formed(w: World) -> list[Event]:
    """The street decides that there shall be one; six of it come together and adopt its charter."""

    def propose() -> None:
        plan = forming.Plan(NAME, "community", PURPOSE)
        why = "Twice this winter somebody stood at a door at night, and each of us thought that somebody else would go."
        w.kept["watch"] = forming.propose(w.body, plan, why, by=w.cast["bruno"], at=folkmoot_now())

    def begin() -> None:
        body, people = the_watch(), people_of(w)
        w.t.join(body, people[1:])
        for person in people[:3]:
            bodies.adopt(body.charters.get(), by=person, at=folkmoot_now())

    return [Event(139.5, propose), Event(135.6, lambda: agreed(w, "watch")), Event(128, begin)]


def promised(w: World) -> list[Event]:
    """Two codes of conduct; of the watch's own there is a newer version, which ana has not accepted yet."""

    def propose() -> None:
        for scope, author in (("own", "gina"), ("confederal", "hugo")):
            why = "Whoever stands at a door for us should have promised what they do there, and what they do not."
            by = w.cast[author]
            w.kept[scope] = codes.propose(the_watch(), scope, CODES[scope], why, by=by, at=folkmoot_now())

    def decide() -> None:
        for scope in SCOPES:
            agreed(w, scope)

    def propose_newer() -> None:
        why = "Somebody was told at the bakery what had been said at a door. Let us write it so that nobody wonders."
        w.kept["newer"] = codes.propose(the_watch(), OWN, NEWER, why, by=w.cast["lin"], at=folkmoot_now())

    return [
        Event(126.5, propose),
        Event(122.6, decide),
        Event(114.9, lambda: accept(people_of(w), *SCOPES)),
        Event(31.5, propose_newer),
        Event(27.6, lambda: agreed(w, "newer")),
        Event(18.4, lambda: accept([person for person in people_of(w) if person != w.cast["ana"]], OWN)),
    ]


def accept(people: Iterable[Person], *scopes: str) -> None:
    """Members accept the newest version of these codes."""
    for scope in scopes:
        newest = Code.objects.of(the_watch()).adopted().filter(body__isnull=scope != OWN).latest("number")
        for person in people:
            codes.accept(the_watch(), scope, newest.number or 0, by=person)


def posted(w: World) -> list[Event]:
    """A coordinator whom the street has elected, a steward's post that is vacant, an expert's that may be closed."""

    def propose(place: posts.Place, why: str, author: str) -> None:
        w.kept[place.name] = posts.propose(the_watch(), place, why, by=w.cast[author], at=folkmoot_now())

    def first() -> None:
        why = "One of us has to answer when the street asks, and to know who comes when."
        propose(posts.Place("Coordinator", requires=("first_aid", "deescalation")), why, "lin")

    def others() -> None:
        steward = posts.Place("Steward", the_post("Coordinator"), requires=("first_aid",))
        propose(steward, "The coordinator is not always at home.", "lin")
        nurse = posts.Place("Nurse", expert=True)
        propose(nurse, "Somebody who knows what a first-aid course does not teach.", "gina")

    def coordinator() -> None:
        task, limits = "Keep the list of who comes when. Answer when the street asks.", "Decide nothing for the street."
        terms = elections.Terms(task, limits, 300, report_days=60)
        call(w, "Coordinator", terms, author=w.cast["eva"], stands=w.cast["bruno"])

    def steward() -> None:
        terms = elections.Terms("Stand in for the coordinator.", "Nothing that the coordinator may not.", 180, 60)
        call(w, "Steward", terms, author=w.cast["dario"], stands=w.cast["gina"])

    def close() -> None:
        why = "Nobody has stood for it in three months. The course teaches what we need."
        posts.propose_closing(the_post("Nurse"), why, by=w.cast["bruno"], at=folkmoot_now())

    def report(words: str) -> None:
        mandates.report(the_mandate(), words, by=w.cast["bruno"])

    return [
        Event(113.5, first),
        Event(109.6, lambda: agreed(w, "Coordinator")),
        Event(102.3, others),
        Event(102.2, coordinator),
        Event(98.7, lambda: agreed(w, "Steward")),
        Event(98.6, lambda: agreed(w, "Nurse")),
        Event(98.5, lambda: elected(w, "elect Coordinator")),
        Event(
            24.5, lambda: report("Called four times, came four times. Each time it was enough that two stood there.")
        ),
        Event(0.7, steward),
        Event(0.6, close),
    ]


def call(w: World, name: str, terms: elections.Terms, *, author: Person, stands: Person) -> None:
    """Call an election for a post, in which one stands."""
    why, at = "Somebody has to.", folkmoot_now()
    election = posts.call_election(the_post(name), terms, why, by=author, at=at)
    candidacies.stand(election, "I am mostly at home.", by=stands, at=at)
    w.kept[f"elect {name}"] = election


def the_post(name: str) -> Post:
    """One of its posts."""
    return Post.objects.get(body=the_watch(), name=name)


def the_mandate() -> Mandate:
    """The coordinator's."""
    return Mandate.objects.get(granted_by__fills_post__post__name="Coordinator")


def trained(w: World) -> list[Event]:
    """A course in first aid that soon expires, one that is announced, and one that the coordinator still lacks."""

    def set_up() -> None:
        body, gina = the_watch(), w.cast["gina"]
        training.set_up(body, "first_aid", 108, by=gina, at=folkmoot_now())
        training.set_up(body, "deescalation", None, by=gina, at=folkmoot_now())

    def announce(sort: str, days: int) -> None:
        row = the_watch().trainings.get(sort=sort)
        on = today_in(the_watch(), folkmoot_now()) + timedelta(days=days)
        training.announce(row, on, by=w.cast["gina"], at=folkmoot_now())

    def enter() -> None:
        day = TrainingDay.objects.get(training__body=the_watch(), training__sort="first_aid", trained=None)
        came = Membership.objects.filter(body=the_watch(), person__in=people_of(w)).exclude(person=w.cast["gina"])
        training.enter(day, came, by=w.cast["gina"])

    return [
        Event(92, set_up),
        Event(91.5, lambda: announce("first_aid", 4)),
        Event(86.5, enter),
        Event(4.5, lambda: announce("first_aid", 16)),
        Event(4.4, lambda: announce("deescalation", 11)),
    ]


def audited(w: World) -> list[Event]:
    """Farid is elected to look into it: what he found was answered; of something else he still waits for an answer."""

    def call() -> None:
        at, eva = folkmoot_now(), w.cast["eva"]
        with transaction.atomic():
            title, why = (
                "Look into the watch",
                "Not because of anybody: because it is ours, and has been there a while.",
            )
            proposal = writing.draft(w.body, by=eva, at=at, title=title, text=why, kind="election")
            task, limits = "Read what it decided and what was reported.", "Decide nothing there."
            elections.set_out(proposal, elections.Terms(task, limits, 120, report_days=60), by=eva)
            audits.set_out(proposal, audits.Scope(the_watch(), AUDITED, the_watch().formed_at), by=eva)
            w.kept["audit"] = writing.put_up(proposal, by=eva, at=at)
        candidacies.stand(w.kept["audit"], "I keep books, and I am not in the watch.", by=w.cast["farid"], at=at)

    def find(title: str, text: str, severity: str, days: int) -> None:
        audit, farid = the_audit(), w.cast["farid"]
        audits.read(audit, "mandates", by=farid)
        shown = audits.read(audit, "mandates", item=the_mandate().pk, by=farid)
        on = today_in(the_watch(), folkmoot_now()) + timedelta(days=days)
        audits.find(audit, audits.Found(title, text, severity, on, (shown.pk,)), by=farid)

    def answer() -> None:
        words = "True. I wrote it down each time and told nobody. The report comes this week, then every two months."
        audits.answer(the_audit().findings.get(number=1), words, by=w.cast["bruno"])

    return [
        Event(58.5, call),
        Event(54.6, lambda: elected(w, "audit")),
        Event(
            30.2,
            lambda: find(
                "No report since the election",
                "The mandate asks for one every sixty days, and there was none. Nobody asked either.",
                "fault",
                14,
            ),
        ),
        Event(25.4, answer),
        Event(6.4, lambda: find("The list is one piece of paper", "It hangs in one kitchen.", "note", 21)),
        Event(
            5.8, lambda: audits.report(the_audit(), "Read on two days. One thing was put right.", by=w.cast["farid"])
        ),
    ]


def the_audit() -> Audit:
    """Farid's."""
    return Audit.objects.select_related("body", "proposal__body").get()
