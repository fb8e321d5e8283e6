"""Elections in Alder Street: two speakers and a gardener by ranking, a first-aid box by marks, a post to be filled."""

import random
from collections.abc import Sequence

from core.actions import candidacies, elections
from core.actions import proposals as writing
from core.models import Person, Proposal, Vote
from core.timekeeping import folkmoot_now
from councils.demo.teller import Event, World


def events(w: World) -> list[Event]:
    """What happens, by days before today."""
    return [*speakers(w), *gardener(w), *first_aid(w), *water(w)]


def speakers(w: World) -> list[Event]:
    """Two seats, four who stand, counted stage by stage."""

    def put_up() -> None:
        call(
            w,
            "speakers",
            w.cast["lin"],
            "Speak for the street at the town hall",
            "The town hall answers letters with letters. Two of us should go there, be known by name, and tell us.",
            elections.Terms(
                "Go to the open hour once a month, say what we decided, bring back what you hear.",
                "Promise nothing that we did not decide. Spend no more than the bus fare.",
                300,
                report_days=60,
                seats=2,
                ranked=True,
            ),
        )
        stand(w, "speakers", "Samir Aziz", "I have sat on the other side of that counter for nine years.")
        stand(w, "speakers", "Tessa Brandt", "I write everything down, and I do not get tired of asking.")
        stand(w, "speakers", "Eva Lindqvist", "I would go with whoever else is elected, not alone.")
        stand(w, "speakers", "Hugo Almeida", "Somebody should speak who has lived here for less than a year.")

    return [Event(88, put_up), Event(84.6, lambda: rank(w, "speakers", (2, 3, 2, 3)))]


def gardener(w: World) -> list[Event]:
    """One seat, three who stand, each compared with each."""

    def put_up() -> None:
        call(
            w,
            "gardener",
            w.cast["gina"],
            "Look after the garden plan",
            "If the lot becomes a garden, somebody keeps the list of beds and says no when it is full.",
            elections.Terms("Keep the list of beds and the water hours.", "Give no bed to yourself.", 200, ranked=True),
        )
        stand(w, "gardener", "Rosa Bianchi", "I have done it for my building. It is mostly listening.")
        stand(w, "gardener", "Viktor Horvat", "I can also mend the pump.")
        stand(w, "gardener", "Uma Nair", "")

    return [Event(59, put_up), Event(55.7, lambda: rank(w, "gardener", (3, 4, 2)))]


def first_aid(w: World) -> list[Event]:
    """Open now: marks beside names."""

    def put_up() -> None:
        call(
            w,
            "first_aid",
            w.cast["eva"],
            "Keep the first-aid box",
            "The box in the cellar was empty when Leo cut his hand. Somebody fills it and knows where it is.",
            elections.Terms("Check the box every month and fill it.", "Spend at most 20 a month.", 365),
        )
        stand(w, "first_aid", "Kaya Demir", "I did a course last winter, and I am mostly at home.")
        stand(w, "first_aid", "Bruno Okafor", "My door is next to the cellar.")

    return [Event(7.4, put_up), Event(2.6, lambda: mark(w, "first_aid"))]


def water(w: World) -> list[Event]:
    """Being talked over: nobody stands yet, and ana is asked."""

    def put_up() -> None:
        proposal = call(
            w,
            "water",
            named(w, "Nils Aalto"),
            "Go and see the water company",
            "Three letters, no answer. Two of us should sit in their office until somebody comes.",
            elections.Terms("See them before the summer, and report.", "Sign nothing.", 60, seats=2),
        )
        candidacies.propose(proposal, w.cast["ana"], by=w.cast["farid"], at=folkmoot_now())

    return [Event(0.9, put_up)]


def call(w: World, name: str, author: Person, title: str, text: str, terms: elections.Terms) -> Proposal:  # noqa: PLR0917  (a sentence of the story)
    """Put up an election."""
    at = folkmoot_now()
    proposal = writing.draft(w.body, by=author, at=at, title=title, text=text, kind="election")
    elections.set_out(proposal, terms, by=author)
    w.kept[name] = writing.put_up(proposal, by=author, at=at)
    return w.kept[name]


def named(w: World, name: str) -> Person:
    """Somebody of the street by their name."""
    return next(person for person in w.people if person.display_name == name)


def stand(w: World, election: str, name: str, words: str) -> None:
    """Somebody stands."""
    w.t.wait(50)
    candidacies.stand(w.kept[election], words, by=named(w, name), at=folkmoot_now())


def rank(w: World, election: str, leanings: Sequence[int]) -> None:
    """Open the vote; most rank some candidates, more often those whom more people lean to."""
    vote = w.t.open(w.kept[election], author_of(w, election))
    chance = random.Random(election)  # noqa: S311  (a story, not a lot)
    for person in voters(w, vote, chance, 0.85):
        left = dict(enumerate(leanings, start=1))
        order: list[int] = []
        for _place in range(chance.randint(1, len(leanings))):
            order += chance.choices(list(left), weights=list(left.values()))
            del left[order[-1]]
        w.t.cast(vote, person, (*order, 0) if chance.random() < 0.15 else tuple(order))


def mark(w: World, election: str) -> None:
    """Open the vote; some mark one, some both, some none; ana has not voted yet."""
    vote = w.t.open(w.kept[election], author_of(w, election))
    chance = random.Random(election)  # noqa: S311
    for person in voters(w, vote, chance, 0.5):
        if person.pk != w.cast["ana"].pk:
            w.t.cast(vote, person, chance.choice([(1,), (1,), (1, 2), (2,), (0,)]))


def voters(w: World, vote: Vote, chance: random.Random, share: float) -> list[Person]:
    """Those who take part."""
    roll = set(vote.roll.values_list("person", flat=True))
    return [person for person in w.people if person.pk in roll and chance.random() < share]


def author_of(w: World, election: str) -> Person:
    """Who put it up."""
    author = w.kept[election].author
    assert author is not None  # noqa: S101  (for the type checker: people wrote these)
    return author
