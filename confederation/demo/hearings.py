"""Two cases about conduct, heard by neighbours whom the lot drew: one is under way, of one there is an outcome."""

from collections.abc import Iterable

from confederation.demo.watch import the_watch
from core.actions import cases, findings, panels, reading_keys, sealed_files
from core.models import Case, CaseSeat, Person
from core.timekeeping import folkmoot_now
from councils.demo.people import PASSPHRASE, UNUSABLE
from councils.demo.teller import Event, World, let_happen


def events(w: World) -> list[Event]:
    """What happens, by days before today; `w` is the street, whose members judge."""
    return [*bakery(w), *gate(w)]


def bakery(w: World) -> list[Event]:
    """Ana complains about gina, who has answered; the panel has sat, and writes next what should follow."""
    words = (
        "She told at the bakery what my neighbour had said to the watch at her door. I was in the queue, and so was "
        "half of the street."
    )
    answer = "I told it to one person, to get help for her. I did not see who else stood there. That was careless."

    def complain() -> None:
        case = complaint(w, w.cast["ana"], w.cast["gina"], words, named=[w.cast["hugo"]])
        take_seats(w, case)

    return [
        Event(2.4, complain),
        Event(1.35, lambda: hear(the_case(w.cast["ana"]), w.cast["gina"], answer)),
    ]


def gate(w: World) -> list[Event]:
    """Lin complained about hugo; the panel thinks that it is forgiven, and both can still ask the assembly."""
    words = "He stood at our gate with his arms crossed and did not say who he was. My mother is eighty."
    answer = "I had forgotten the paper with my name. I went back the next day and said that I am sorry."
    reasons = (
        "Both say the same. The code asks for a name, and there was none. He has gone back and said so; the mother was "
        "content with that. We ask the watch to carry the papers."
    )

    def complain() -> None:
        take_seats(w, complaint(w, w.cast["lin"], w.cast["hugo"], words))

    def decide() -> None:
        case = the_case(w.cast["lin"])
        first, second, _third = panel_of(case)
        finding = findings.find(case, "pardon", reasons, by=first, at=folkmoot_now())
        read(case, second)
        findings.assent(finding, by=second, at=folkmoot_now())

    return [
        Event(9.3, complain),
        Event(8.2, lambda: hear(the_case(w.cast["lin"]), w.cast["hugo"], answer)),
        Event(3.3, decide),
    ]


def complaint(w: World, by: Person, about: Person, words: str, named: Iterable[Person] = ()) -> Case:
    """Somebody complains about somebody of the watch; the clock draws the panel."""
    choose_passphrase(by, about)
    cases.open_case(the_watch(), about, words, by=by, at=folkmoot_now(), named=named)
    let_happen()
    return the_case(by)


def take_seats(w: World, case: Case) -> None:
    """Whoever was drawn takes the seat; who has no device of their own, or two accounts, gives it back."""
    while waiting := CaseSeat.objects.standing().filter(case=case, taken_at=None).order_by("place").first():
        person = waiting.membership.person
        if person.sign_in_name in ("pilar.soto", "uma.2"):
            panels.recuse(case, by=person, at=folkmoot_now())
            continue
        let_in(w, person)
        panels.take_seat(case, by=person, at=folkmoot_now())


def let_in(w: World, person: Person) -> None:
    """The lot chooses for itself whom one signs in as to see the work of a panel: so they have the demo's password."""
    if person.password == UNUSABLE:
        person.password = w.cast["ana"].password
        person.save(update_fields=["password"])
    choose_passphrase(person)


def choose_passphrase(*people: Person) -> None:
    """All have the same: it is printed at every start of a demo."""
    for person in people:
        if not person.reading_keys.exists():
            reading_keys.make(person, PASSPHRASE, at=folkmoot_now())


def hear(case: Case, subject: Person, answer: str) -> None:
    """The first sitting; the person concerned speaks, and all of the panel have read the complaint."""
    panels.sit(case, by=panel_of(case)[0], at=folkmoot_now())
    cases.say(case, answer, by=subject, at=folkmoot_now())
    read(case, case.complainant)  # who can read seals the papers to the panel
    for person in panel_of(case):
        read(case, person)


def read(case: Case, person: Person) -> None:
    """Somebody reads all that they may read of a case."""
    papers = case.papers.filter(file__readers__person=person, file__readers__ended_at=None).select_related("file")
    sealed_files.read([paper.file for paper in papers], reading_keys.open_with(person, PASSPHRASE), by=person)


def panel_of(case: Case) -> list[Person]:
    """Who sits, in the order of the lot."""
    seats = CaseSeat.objects.standing().filter(case=case).select_related("membership__person").order_by("place")
    return [seat.membership.person for seat in seats]


def the_case(complainant: Person) -> Case:
    """The one case that somebody has opened."""
    return Case.objects.select_related("body", "bench", "complainant", "subject").get(complainant=complainant)
