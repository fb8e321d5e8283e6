"""A council of nine in which ana complains about bruno, who runs the tool library; carla was there when it happened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from core.actions import cases, findings, panels, reading_keys, sealed_files
from core.actions.settling import settle
from core.models import Body, Case, CaseFinding, CaseSeat, Mandate, Person, Vote
from core.timekeeping import folkmoot_now
from tests import village

WORDS = "kettle harbour sixteen moss"
COMPLAINT = "He lent my drill to his brother and laughed. Canary: 55-umbrella-55."
ANSWER = "It was my own drill. Canary: 66-lantern-66."
REASONS = "We heard both. The drill was hers. Canary: 77-gravel-77."
STAGES = ("opened", "drawn", "sitting", "decided", "appealed", "closed")


@dataclass
class Court:
    """The council, its people, the mandate, and the case as far as it has come."""

    body: Body
    mandate: Mandate
    members: list[Person]
    outsider: Person

    @property
    def ana(self) -> Person:
        """Who complains."""
        return self.members[0]

    @property
    def bruno(self) -> Person:
        """Whom it is about."""
        return self.members[1]

    @property
    def carla(self) -> Person:
        """Who was there."""
        return self.members[2]

    def open(self) -> Case:
        """The complaint."""
        return cases.open_case(self.body, self.bruno, COMPLAINT, by=self.ana, at=folkmoot_now(), named=[self.carla])

    def drawn(self, case: Case) -> Case:
        """The clock draws the panel."""
        settle()
        return fresh(case)

    def seated(self, case: Case) -> Case:
        """All three take their seats."""
        for person in panel(case):
            panels.take_seat(case, by=person, at=folkmoot_now())
        return fresh(case)

    def sitting(self, case: Case) -> Case:
        """The first sitting, and bruno speaks."""
        panels.sit(case, by=panel(case)[0], at=folkmoot_now())
        cases.say(case, ANSWER, by=self.bruno, at=folkmoot_now())
        self.read(case, self.ana)  # who can read seals the file to the panel
        return fresh(case)

    def found(self, case: Case, outcome: str = "end_mandate") -> CaseFinding:
        """One of the panel writes what should follow; the others read it."""
        mandate = self.mandate if outcome == "end_mandate" else None
        finding = findings.find(case, outcome, REASONS, by=panel(case)[0], at=folkmoot_now(), mandate=mandate)
        for person in panel(case)[1:]:
            self.read(case, person)
        return finding

    def decided(self, case: Case, outcome: str = "end_mandate") -> Case:
        """A second one agrees."""
        return findings.assent(self.found(case, outcome), by=panel(case)[1], at=folkmoot_now())

    def appealed(self, case: Case) -> Case:
        """Bruno asks the assembly."""
        findings.appeal(case, "Ask those who were there.", by=self.bruno, at=folkmoot_now())
        return fresh(case)

    def up_to(self, stage: str) -> Case:
        """The case at this stage."""
        case = self.open()
        steps: list[tuple[str, Callable[[Case], Case]]] = [
            ("drawn", self.drawn),
            ("sitting", lambda it: self.sitting(self.seated(it))),
            ("decided", self.decided),
            ("appealed", self.appealed),
        ]
        if stage == "closed":
            case = self.up_to_from(case, steps[:3])
            village.move_clock(timedelta(days=7))
            settle()
            return fresh(case)
        return self.up_to_from(case, steps[: STAGES.index(stage)])

    def up_to_from(self, case: Case, steps: list[tuple[str, Callable[[Case], Case]]]) -> Case:
        """These steps, one after the other."""
        for _name, step in steps:
            case = step(case)
        return case

    def read(self, case: Case, person: Person) -> dict[str, str]:
        """What somebody reads of a case, by the kind of paper."""
        papers = list(
            case.papers.filter(file__readers__person=person, file__readers__ended_at=None).select_related("file")
        )
        pair = reading_keys.open_with(person, WORDS)
        opened = sealed_files.read([paper.file for paper in papers], pair, by=person)
        return {paper.kind: cases.words_in(opened[paper.file_id]) for paper in papers if paper.file_id in opened}

    def vote(self, case: Case, position: str) -> Vote:
        """The assembly votes on the appeal, all alike."""
        village.move_clock(timedelta(days=4))
        settle()
        vote = Vote.objects.get(proposal=case.appeal)
        for person in self.members:
            village.cast(vote, person, position)
        return village.close(vote)


def fresh(case: Case) -> Case:
    """As the database has it."""
    return Case.objects.select_related("body", "bench", "complainant", "subject", "mandate", "appeal").get(pk=case.pk)


def panel(case: Case) -> list[Person]:
    """Who was drawn and still sits or is asked, in the order of the lot."""
    seats = CaseSeat.objects.standing().filter(case=case).select_related("membership__person").order_by("place")
    return [seat.membership.person for seat in seats]


def make_court() -> Court:
    """Nobody has complained yet."""
    people = village.make_people("ana", "bruno", "carla", "dario", "eva", "farid", "gina", "hugo", "ines", "olga")
    body = village.make_council("Alder Street", people[:9])
    mandate = village.make_mandate(body, people[:9], people[1], author=people[0])
    for person in people:
        reading_keys.make(person, WORDS, at=folkmoot_now())
    return Court(body, mandate, people[:9], people[9])
