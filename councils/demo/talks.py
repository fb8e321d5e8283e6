"""Deliberation in Alder Street: a gate decided between three texts, and rain barrels that are being talked over."""

from core.actions import affected, amendments, comments, summaries, temperatures
from core.actions.comments import About
from core.models import Amendment, Body, Person, Proposal
from core.rules.choices import Marked
from core.timekeeping import folkmoot_now
from councils.demo.teller import Event, World

GATE = (
    "The gate to the yard is closed at nine in the evening, all year.\n\n"
    "Whoever comes home later has the key of their staircase, which fits.\n\n"
    "Gina oils the lock."
)
BARRELS = (
    "Each staircase gets a barrel under its gutter, with a lid and a tap.\n\n"
    "The council pays 30 for each barrel.\n\n"
    "The water is for the beds and the yard. Nobody drinks it."
)


def events(w: World) -> list[Event]:
    """What happens, by days before today."""
    return [*gate(w), *barrels(w)]


def gate(w: World) -> list[Event]:
    """One change taken over, two that were not, and a vote between three texts."""

    def put_up() -> None:
        w.kept["gate"] = w.t.propose(w.body, w.cast["gina"], "Close the gate at night", GATE)

    def change() -> None:
        gina = w.cast["gina"]
        oil = amend(
            w, "gate", w.cast["bruno"], "Gina oils the lock.", "Gina and Bruno oil the lock, in turns.", "I have oil."
        )
        amendments.accept(oil, by=gina, at=folkmoot_now())
        later = amend(w, "gate", w.cast["hugo"], "at nine", "at eleven", "Some of us work until ten.")
        amendments.decline(later, "At eleven the bottles are in the yard already.", by=gina, at=folkmoot_now())
        stand(later)
        stand(amend(w, "gate", w.cast["eva"], "all year", "from October to April", "In summer we sit outside."))

    def decide() -> None:
        vote = w.t.open(w.kept["gate"], w.cast["gina"])
        for number, person in enumerate(w.people[1:23]):
            marks = ((3,), (1, 3), (2, 3), (1,), (3,), (2,), (1, 2, 3))[number % 7]
            w.t.cast(vote, person, Marked("abstain" if number % 3 else "aside", marks))

    return [Event(27, put_up), Event(25.5, change), Event(23.4, decide)]


def barrels(w: World) -> list[Event]:
    """In discussion: words that wait for their author, voices on a passage, how it feels, a summary, and another body
    that may ask for a say.
    """

    def put_up() -> None:
        proposal = w.t.propose(w.body, w.cast["eva"], "A rain barrel for every staircase", BARRELS)
        w.kept["barrels"] = proposal
        w.t.talk(
            proposal,
            (w.cast["farid"], "The roof of number 12 alone fills three of them in a night."),
            (w.people[15], "And in August there is nothing in them. But I like the sound."),
        )

    def speak() -> None:
        proposal, at = Proposal.objects.get(pk=w.kept["barrels"].pk), folkmoot_now()
        about = About(1, "The council pays 30 for each barrel.")
        comments.write(proposal, "The cheap ones crack in the first frost.", by=w.cast["bruno"], at=at, about=about)
        amend(w, "barrels", w.cast["bruno"], "pays 30 for", "pays 45 for", "For 30 they crack. For 45 they last.")
        amend(w, "barrels", w.cast["lin"], "a lid and a tap", "a lid, a tap and a stand", "Or no can fits under it.")
        for number, person in enumerate(w.people[2:17]):
            feels = ("warm", "warm", "unsure", "warm", "cold")[number % 5]
            temperatures.feel(proposal, feels, by=person, at=folkmoot_now())
        words = "Everybody likes barrels. **Open**: what they may cost, and who empties them before the frost."
        summaries.write(proposal, "talk", words, by=w.cast["eva"], at=folkmoot_now(), seen=0)

    def name() -> None:
        hood = Body.objects.get(name="Millbrook Neighbourhood Council")
        why = "What runs over from our barrels runs into the drain of the square."
        proposal = Proposal.objects.get(pk=w.kept["barrels"].pk)
        named = affected.name(proposal, hood, why, by=w.cast["eva"], at=folkmoot_now())
        asking = "The drain is full after every storm. Let us look at it together before anybody buys a barrel."
        affected.propose_to_ask(named, asking, by=w.cast["farid"], at=folkmoot_now())

    return [Event(2.9, put_up), Event(1.4, speak), Event(1.3, name)]


def amend(  # noqa: PLR0917  (a sentence of the story)
    w: World, name: str, by: Person, passage: str, words: str, reason: str
) -> Amendment:
    """Somebody proposes other words for a passage of the newest version."""
    proposal = Proposal.objects.get(pk=w.kept[name].pk)
    newest = proposal.texts.latest("number").number
    return amendments.propose(proposal, passage, words, reason, by=by, at=folkmoot_now(), seen=newest)


def stand(amendment: Amendment) -> None:
    """Who proposed the words brings them to the vote."""
    amendments.let_stand(amendment, by=amendment.author, at=folkmoot_now())
