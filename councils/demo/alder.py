"""The story of Alder Street: thirty people, consensus, a bench, a tool library, and dues that found no agreement."""

from dataclasses import replace

from core.actions import (
    bodies,
    cards,
    charter_changes,
    charters,
    comments,
    confidence,
    entering,
    invitations,
    mandates,
    papers,
    recalls,
)
from core.actions import proposals as writing
from core.models import Person, Proposal, Stage, Vote
from core.rules.charter import TEMPLATES
from core.timekeeping import folkmoot_now
from councils.demo.people import CARD_PIN
from councils.demo.teller import Event, Teller, World

INVITATION = "demo-alder"
"""The token of a ready-made invitation: /join/demo-alder/."""

PURPOSE = (
    "Alder Street from the mill to the bridge: what we share, we run together. The yard, the lot at the corner, the "
    "tools, the stairs, and whoever needs a hand."
)
UNITY = (
    "- Everybody is heard before anything is decided.\n- Who carries a task is helped, and can be asked.\n"
    "- What we decide we also do, or we say why not."
)


def found(t: Teller, cast: dict[str, Person], neighbours: list[Person]) -> World:
    """Three adopt the charter; the others are there from the beginning."""
    numbers = replace(TEMPLATES["small"], time_zone="Europe/Lisbon", urgent_sum=200)
    content = charters.Draft(PURPOSE, UNITY, numbers, "small")
    body = bodies.form("Alder Street Council", content, by=cast["lin"], at=folkmoot_now())
    here = [person for name, person in cast.items() if name != "noor"]
    t.join(body, [person for person in [*here, *neighbours] if person.pk != cast["lin"].pk])
    charter = body.charters.get()
    for name in ("lin", "farid", "ana"):
        bodies.adopt(charter, by=cast[name], at=folkmoot_now())
    body.refresh_from_db()
    return World(t, body, cast, [*here, *neighbours])


def events(w: World) -> list[Event]:
    """What happens, by days before today."""
    return [
        *bench(w),
        *tools(w),
        *dues(w),
        *keys(w),
        *lately(w),
        *now(w),
        *at_the_door(w),
    ]


def bench(w: World) -> list[Event]:
    """A small thing that was decided and done, and is due for review."""

    def propose() -> None:
        w.kept["bench"] = w.t.propose(
            w.body,
            w.cast["bruno"],
            "A bench at the bus stop",
            "Two of us wait there with bad knees. Viktor has the wood, I have screws. We ask for nothing but a yes.",
            tasks=[w.t.todo("Build and set the bench", w.people[20], 21), w.t.todo("Oil it", w.cast["bruno"], 28)],
            review_on=w.t.day(143),
        )
        w.t.talk(
            w.kept["bench"],
            (w.cast["ana"], "Where exactly? The shelter is narrow."),
            (w.cast["bruno"], "> Left of it, on the gravel."),
        )

    def look_again() -> None:
        review = Proposal.objects.get(reviews=w.kept["bench"])
        w.t.vote(review.votes.get(), w.people[4:], agree=0.3, reservations=0.04)

    return [
        Event(149, propose),
        Event(145, lambda: w.decide("bench", "bruno", agree=0.7, reservations=0.08, abstain=0.04)),
        Event(129.4, lambda: w.did("bench", "Done. Come and sit.")),
        Event(1.8, look_again),
    ]


def tools(w: World) -> list[Event]:
    """A mandate with reports, one of them late."""

    def propose() -> None:
        w.kept["tools"] = w.t.offer(
            w.body,
            w.cast["lin"],
            "Run the tool library",
            "The cellar of number 12 is dry now. Somebody should hold the list and the key.",
            w.cast["carla"],
            "Hold the key and the list, lend out tools on Saturdays, write down what is missing.",
            "Spend at most 30 a month. Lend nothing for longer than two weeks.",
            days=330,
        )

    def report(words: str) -> None:
        mandates.report(w.mandate("tools"), words, by=w.cast["carla"])

    def lose_trust() -> None:  # one short of the majority: ana's would be the one that ends it
        mandate = w.mandate("tools")
        members = w.body.memberships.with_voice(folkmoot_now()).count()
        others = [person for person in w.people if person.pk not in (w.cast["ana"].pk, w.cast["carla"].pk)]
        for person in others[: members // 2]:
            confidence.withdraw(mandate, by=person)

    return [
        Event(148, propose),
        Event(144, lambda: w.decide("tools", "lin", agree=0.75, abstain=0.05)),
        Event(110, lambda: report("Lent out 31 times, one drill is missing. The list hangs at the door.")),
        Event(76, lambda: report("The drill came back. We need a second ladder; Samir looks for one.")),
        Event(46, lambda: report("Quiet month, 12 loans. The lamp in the cellar is broken.")),
        Event(1, lose_trust),
    ]


def dues(w: World) -> list[Event]:
    """Blocked to the end: every round was talked through, and the reason stood."""

    def propose() -> None:
        w.kept["dues"] = w.t.propose(
            w.body,
            w.cast["dario"],
            "Monthly dues of five",
            "Five a month from each household would pay for salt, bulbs and the cellar lamp without asking each time.",
        )
        w.t.talk(
            w.kept["dues"],
            (w.cast["gina"], "Five is a meal for some of us."),
            (w.cast["dario"], "> Who cannot, does not. We would not ask."),
            (w.cast["gina"], "> Everybody would know all the same."),
        )

    def block() -> None:
        proposal = Proposal.objects.get(pk=w.kept["dues"].pk)
        if proposal.stage == Stage.ROUND:
            w.t.talk(proposal, (w.cast["gina"], "A box at the door, nobody watching: that I could live with."))
            return
        vote = proposal.votes.filter(counted_at=None).first() or w.t.open(proposal, w.cast["dario"])
        w.t.vote(vote, w.people, agree=0.55, reservations=0.15, aside=0.04, abstain=0.05)
        why = "Dues make two kinds of neighbours: those who pay and those who are let off."
        w.t.cast(vote, w.cast["gina"], "block", why)

    return [Event(138, propose), *(Event(days, block) for days in (134, 122, 109, 98, 88, 77, 67))]


def keys(w: World) -> list[Event]:
    """A mandate that was recalled, one that was given back, and a decision nobody had time for."""

    def propose() -> None:
        w.kept["lot"] = w.t.offer(
            w.body,
            w.cast["farid"],
            "Speak with the owner of the corner lot",
            "Somebody has to knock, and to come back with what was said.",
            w.cast["hugo"],
            "Ask the owner for the lot, for ten years and in writing. Tell us each word that matters.",
            "Promise nothing. Sign nothing.",
            days=120,
        )
        w.kept["snow"] = w.t.offer(
            w.body,
            w.people[12],
            "Keep the snow list",
            "So that the same three do not shovel every time.",
            w.people[14],
            "Write the list, call people in the evening before.",
            "Nobody is made to.",
            days=100,
        )

    def mill() -> None:
        w.kept["mill"] = w.t.offer(
            w.body,
            w.cast["eva"],
            "Speak for the street at the mill meeting",
            "The mill meeting decides about the bridge. One of us has to sit there.",
            w.cast["dario"],
            "Sit in the mill meeting. Say there what we have decided here, and bring back what was said within a week.",
            "No promise beyond our decisions.",
        )

    def recall() -> None:
        vote = recalls.open_recall(
            w.mandate("lot"), "Six weeks and not one word. The owner says nobody came.", by=w.cast["ana"]
        ).votes.get()
        w.t.vote(vote, w.people[3:], yes=0.62, no=0.1, abstain=0.05)

    def resign() -> None:
        mandates.resign(w.mandate("snow"), by=w.people[14])

    def unheard() -> None:
        w.kept["lamps"] = w.t.propose(
            w.body,
            w.people[16],
            "Lamps with a sensor on the stairs",
            "They would save a third of the power, says Nils.",
        )

    return [
        Event(130, propose),
        Event(126, lambda: w.decide("lot", "farid", agree=0.72)),
        Event(125, lambda: w.decide("snow", w.people[12], agree=0.66, abstain=0.1)),
        Event(74, recall),
        Event(66, resign),
        Event(108, mill),
        Event(104, lambda: w.decide("mill", "eva", agree=0.7, abstain=0.06)),
        Event(64, unheard),
        Event(60, lambda: w.decide("lamps", w.people[16], agree=0.2)),
        Event(52, lambda: w.vote_again("lamps", agree=0.06)),
    ]


def lately(w: World) -> list[Event]:
    """The last weeks: quiet hours replaced, an urgent repair, a decision that could not be carried out."""

    def quiet() -> None:
        w.kept["quiet"] = w.t.propose(
            w.body,
            w.cast["eva"],
            "Quiet hours after 22:00",
            "In the yard: no music and no bottles after ten. On Saturdays after midnight.",
            review_on=w.t.day(60),
        )
        writing.revise(
            w.kept["quiet"],
            by=w.cast["eva"],
            at=folkmoot_now(),
            title="Quiet hours after 22:00",
            text="In the yard: no music and no bottles after ten. On Saturdays after midnight.\n\nWho plans a party "
            "tells the stairs a week before.",
            seen=1,
        )

    def roof() -> None:
        proposal = w.t.propose(
            w.body,
            w.cast["lin"],
            "A tarpaulin over the cellar stairs, today",
            "It rains in. The cellar is full of our tools. 60 for a tarpaulin and rope.",
            urgent=True,
            sum=60,
        )
        for name in ("farid", "bruno"):
            writing.second(proposal, by=w.cast[name], at=folkmoot_now())
        vote = w.t.open(proposal, w.cast["lin"], closes_at=w.t.in_hours(30))
        w.t.vote(vote, w.people, agree=0.8)

    def gone() -> None:
        w.kept["list"] = w.t.offer(
            w.body,
            w.cast["farid"],
            "Write the street letter",
            "Four times a year, one page, in every letter box.",
            w.people[18],
            "Collect, write, print, carry round.",
            "No names without asking.",
        )

    return [
        Event(58, quiet),
        Event(54, lambda: w.decide("quiet", "eva", agree=0.7, aside=0.06)),
        Event(40, roof),
        Event(35, w.confirm),
        Event(33, gone),
        Event(29, lambda: w.decide("list", "farid", agree=0.75)),
        Event(26, lambda: w.leave(w.people[18])),
    ]


def now(w: World) -> list[Event]:
    """What is open today: a garden to decide, a block in its round, a secret recall."""

    def block() -> None:
        w.kept["goats"] = w.t.propose(
            w.body, w.people[11], "Two goats on the corner lot", "They mow, and the children would love them."
        )
        w.t.talk(
            w.kept["goats"],
            (w.people[25], "Who milks them on Sundays?"),
            (w.people[11], "> They give no milk, only company."),
            (w.people[15], "The last goat in this street ate my washing. That was 1961, but still."),
        )

    def garden() -> None:
        w.kept["garden"] = w.t.propose(
            w.body,
            w.cast["lin"],
            "Open the corner lot as a garden",
            "We take over the empty lot at the corner of Alder and 9th as a common garden, from March. Beds "
            "along the south wall are for households without a yard; the rest is sown and picked in common, and "
            "what is left over each Saturday goes to the kitchen on 11th.\n\n"
            "Lin and Farid hold the key and the calendar until October, and report each month. Water comes from "
            "the roof of number 12; the council pays two barrels (80 at most).",
            sum=80,
            tasks=[w.t.todo("Two barrels and a pipe", w.cast["farid"], 40), w.t.todo("Seeds", w.cast["ana"], 60)],
        )
        w.t.talk(
            w.kept["garden"],
            (w.people[15], "I won't carry water at my age, but I won't stop you either. Put a bench in."),
            (w.cast["lin"], "> Viktor has wood left from the bus stop."),
            (w.cast["farid"], "The kitchen confirmed: they pick up Saturdays at noon."),
        )

    def garden_vote() -> None:
        vote = w.t.open(w.kept["garden"], w.cast["lin"])
        pilar = next(person for person in w.people if person.sign_in_name == "pilar.soto")
        with_devices = [person for person in w.people[1:] if person != pilar]
        w.t.vote(vote, with_devices, agree=0.6, reservations=0.1, aside=0.04, abstain=0.04)
        without_device(w, vote, pilar)

    def recall() -> None:
        vote = recalls.open_recall(
            w.mandate("mill"),
            "Two sessions without a report, and we heard of the bridge from the paper.",
            by=w.cast["eva"],
        ).votes.get()
        others = [person for person in w.people if person.pk not in (w.cast["ana"].pk, w.cast["dario"].pk)]
        for person in others[: (vote.roll_size or 0) // 2]:
            w.t.cast(vote, person, "yes")
        w.t.cast(vote, w.cast["dario"], "no")
        comments.reply(vote.proposal, "I was ill, and I said so at the well.", by=w.cast["dario"], at=folkmoot_now())

    return [
        Event(16, block),
        Event(12.5, lambda: w.decide("goats", w.people[11], agree=0.8)),
        Event(12.4, lambda: w.block("goats", "carla", "Goats eat bark. The two old pears would be gone by May.")),
        Event(9, garden),
        Event(2.5, garden_vote),
        Event(1.2, recall),
        Event(1.5, lambda: w.say("goats", "carla", "If they stay behind a fence and the pears outside, I can agree.")),
    ]


def without_device(w: World, vote: Vote, pilar: Person) -> None:
    """Pilar has no telephone: she signs in with a card at the desk, and fills in a paper that two enter for her."""
    at = folkmoot_now()
    cards.use(cards.make(pilar, at=at), CARD_PIN, at=at)
    paper, *_others = papers.print_sheet(vote, 6, by=w.cast["lin"], at=at)
    written = entering.enter(vote, pilar, "agree", by=w.cast["lin"], way="paper", number=paper.number)
    entering.confirm(written, "agree", by=w.cast["farid"], number=paper.number)


def at_the_door(w: World) -> list[Event]:
    """Also today: a charter change, a newcomer, a key."""

    def charter() -> None:
        numbers = replace(w.body.charters.get().numbers, discussion_days=5)
        charter_changes.propose(
            w.body,
            charters.Draft(PURPOSE, UNITY, numbers, "small"),
            by=w.cast["farid"],
            at=folkmoot_now(),
            title="Talk for five days instead of three",
            text="Three days are over before everybody has come home from the night shift once.",
        )

    def charter_vote() -> None:
        proposal = Proposal.objects.get(kind="charter", body=w.body)
        w.t.vote(w.t.open(proposal, w.cast["farid"]), w.people[2:], agree=0.4)

    def door() -> None:
        _made, _token = invitations.invite(
            w.body, by=w.cast["bruno"], at=folkmoot_now(), note="New neighbours", uses=150, days=90, token=INVITATION
        )
        invitations.accept(INVITATION, by=w.cast["noor"], at=folkmoot_now())

    def talk() -> None:
        w.t.talk(
            w.t.propose(
                w.body,
                w.cast["hugo"],
                "A second key for the hall",
                "When Bruno is away nobody gets in. The second key would hang at the baker's, in an envelope.",
            ),
            (w.cast["bruno"], "I like it. Who signs for it?"),
        )

    return [Event(12, charter), Event(4, charter_vote), Event(3, door), Event(2, talk)]
