"""More of Alder Street: compost and stairs, who came, who was objected to, mandates that went well or did not."""

from core.actions import applications, comments, confidence, mandates
from core.actions import proposals as writing
from core.models import Application, Person, Proposal
from core.timekeeping import folkmoot_now
from councils.demo.teller import Event, World


def events(w: World) -> list[Event]:
    """What happens, by days before today."""
    return [*compost(w), *paint(w), *hall(w), *collecting(w), *newcomers(w), *stairs(w), *bicycles(w)]


def compost(w: World) -> list[Event]:
    """Decided, done in time by one and late by another."""

    def propose() -> None:
        w.kept["compost"] = w.t.propose(
            w.body,
            w.people[10],
            "Three compost boxes behind number 8",
            "One to fill, one to rest, one to take from. The wood is from the old fence; lids keep the rats out.\n\n"
            "Turning them is a job for two, every second Sunday.",
            tasks=[
                w.t.todo("Build the boxes", w.people[19], 20),
                w.t.todo("Write on each box what goes in", w.cast["ana"], 14),
            ],
            review_on=w.t.day(200),
        )
        w.t.talk(
            w.kept["compost"],
            (w.people[15], "Not under my window, please. I sleep badly as it is."),
            (w.people[10], "> Behind the shed then, on the side of the wall. I paced it: eleven metres from you."),
            (w.people[15], "> With that I am content. Thank you for measuring."),
            (w.people[22], "Do eggshells go in?"),
            (w.people[10], "> Yes, broken small. Bones and cheese do not."),
        )

    return [
        Event(141, propose),
        Event(137.2, lambda: w.decide("compost", w.people[10], agree=0.72, reservations=0.06, aside=0.04)),
        Event(108.6, lambda: w.did("compost", "Painted on both sides. Sorry that it took so long.")),
    ]


def paint(w: World) -> list[Event]:
    """Taken back before anybody voted."""

    def propose() -> None:
        w.kept["speaker"] = w.t.propose(
            w.body, w.people[24], "A loudspeaker for the yard", "For feasts. I have one that I do not use."
        )
        w.t.talk(
            w.kept["speaker"],
            (w.people[20], "Who decides what a feast is?"),
            (w.cast["eva"], "> And until when. Let us settle the quiet hours first."),
            (w.people[24], "> Fair. I take it back and ask again after that."),
        )

    def withdraw() -> None:
        writing.withdraw(w.kept["speaker"], by=w.people[24], at=folkmoot_now())

    def idea() -> None:
        writing.draft(
            w.body,
            by=w.cast["ana"],
            at=folkmoot_now(),
            title="A shelf for things to swap",
            text="By the letter boxes of number 12: what has stood there for a month goes to the kitchen on 11th.",
        )

    return [Event(95, propose), Event(93, withdraw), Event(0.6, idea)]


def hall(w: World) -> list[Event]:
    """A mandate that goes well: reports come before they are due."""

    def propose() -> None:
        w.kept["hall"] = w.t.offer(
            w.body,
            w.cast["lin"],
            "Keep the key of the hall",
            "Until now whoever was last had it in a pocket. One of us should have it, and a list.",
            w.cast["bruno"],
            "Open and lock up, keep the list of evenings, see that the stove is out.",
            "Refuse nobody an evening without asking us. Spend nothing.",
        )

    def report(words: str) -> None:
        mandates.report(w.mandate("hall"), words, by=w.cast["bruno"])

    return [
        Event(101, propose),
        Event(97.3, lambda: w.decide("hall", "lin", agree=0.76, abstain=0.05)),
        Event(
            62, lambda: report("Nine evenings, two of them birthdays. The stove draws badly; Jonas has looked at it.")
        ),
        Event(32, lambda: report("Eleven evenings. The stove is mended. Somebody left a very good umbrella.")),
    ]


def collecting(w: World) -> list[Event]:
    """A mandate that ended because more than half had withdrawn their confidence."""

    def propose() -> None:
        w.kept["collect"] = w.t.offer(
            w.body,
            w.people[23],
            "Collect for the paint of the stairs",
            "About 140 for four stairs, says the shop.",
            w.people[13],
            "Go from door to door once, write down who gave what, buy when it is enough.",
            "Ask, never press. Show the list to whoever asks.",
            days=120,
        )

    def lost() -> None:
        mandate = w.mandate("collect")
        members = w.body.memberships.with_voice(folkmoot_now()).count()
        others = [person for person in w.people if person.pk != w.people[13].pk]
        for person in others[-(members // 2 + 1) :]:
            confidence.withdraw(mandate, by=person)

    return [
        Event(116, propose),
        Event(112.4, lambda: w.decide("collect", w.people[23], agree=0.66, abstain=0.08)),
        Event(83.5, lost),
    ]


def newcomers(w: World) -> list[Event]:
    """One was taken in; of another somebody says why not, and the street decides."""

    def asks(name: str, words: str) -> None:
        applications.apply(w.body, by=Person.objects.get(sign_in_name=name), at=folkmoot_now(), words=words)

    def vouch(name: str, *people: Person) -> None:
        application = Application.objects.get(body=w.body, person__sign_in_name=name)
        for person in people:
            applications.vouch(application, by=person, at=folkmoot_now())

    def came() -> None:
        w.people.append(Person.objects.get(sign_in_name="selma"))

    def objected() -> None:
        application = Application.objects.get(body=w.body, person__sign_in_name="tariq")
        reason = "He rents out three flats of number 3 by the night and has told us that he will go on."
        w.kept["tariq"] = applications.object(application, reason, by=w.people[13])

    def answered() -> None:
        w.t.talk(
            Proposal.objects.get(pk=w.kept["tariq"].pk),
            (w.people[9], "He also mended the pump in the night of the flood, and asked nobody for anything."),
            (w.people[13], "> I know. I want him to say what becomes of the flats, no more."),
        )

    return [
        Event(61, lambda: asks("selma", "I moved into number 5 in spring and can sew anything.")),
        Event(60.4, lambda: vouch("selma", w.people[9], w.people[10])),
        Event(49, came),
        Event(10.5, lambda: asks("tariq", "I own the corner house, and I have lived in it for nine years.")),
        Event(10, lambda: vouch("tariq", w.people[9], w.people[21])),
        Event(8.6, objected),
        Event(7.8, answered),
        Event(4.7, lambda: w.vote_again("tariq", yes=0.36, no=0.2, abstain=0.05)),
    ]


def stairs(w: World) -> list[Event]:
    """Decided three weeks ago: one task is late, one is ana's and due in a few days."""

    def propose() -> None:
        w.kept["stairs"] = w.t.propose(
            w.body,
            w.people[23],
            "Paint the stairs of 12 and 14 ourselves",
            "Two Saturdays, white above and grey below. Who cannot paint, cooks.",
            sum=140,
            tasks=[
                w.t.todo("Borrow the ladders", w.people[17], 24),
                w.t.todo("Buy the paint", w.cast["ana"], 35),
                w.t.todo("Cook for twelve", w.cast["gina"], 37),
            ],
        )
        w.t.talk(
            w.kept["stairs"],
            (w.cast["gina"], "I cook. Lentils, and something for the children."),
            (w.people[17], "The ladders of the tool library are too short for the third floor. I ask at the mill."),
        )

    return [
        Event(30.5, propose),
        Event(26.9, lambda: w.decide("stairs", w.people[23], agree=0.74, reservations=0.06, abstain=0.03)),
    ]


def bicycles(w: World) -> list[Event]:
    """In discussion, with a long talk and a text that followed it."""

    def propose() -> None:
        proposal = w.kept["bicycles"] = w.t.propose(
            w.body,
            w.people[12],
            "Where the bicycles stand",
            "All bicycles go to the rack at number 6. What stands in a stairwell is carried down.",
        )
        w.t.talk(
            proposal,
            (w.people[22], "My knees carry me up the stairs, not a bicycle down them."),
            (w.people[12], "> Nobody has to carry alone. But the pram of number 14 did not get past yesterday."),
            (w.cast["dario"], "The rack holds twelve. I counted nineteen bicycles."),
            (w.people[19], "> Then a second rack first. I can weld one from the old bed frames."),
            (w.cast["farid"], "And those that nobody has moved since summer?"),
            (w.people[12], "> A paper on each for two weeks, then they go to the tool library."),
        )
        writing.revise(
            proposal,
            by=w.people[12],
            at=folkmoot_now(),
            title="Where the bicycles stand",
            text="Leo welds a second rack for number 6. When it stands, all bicycles go to the two racks.\n\n"
            "What nobody claims within two weeks of a paper on the saddle goes to the tool library.\n\n"
            "Stairwells stay free. Who cannot carry, rings at number 6.",
            seen=1,
        )
        comments.write(proposal, "This I can agree to. Thank you.", by=w.people[22], at=folkmoot_now())

    return [Event(2.8, propose)]
