"""Refusals with a reason in words, and the verdicts that permissions give."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

Sentence = str | Promise


class Refusal(Exception):
    """Something was refused; nothing was changed. `sentence` is shown to the person, `status` is the HTTP answer."""

    status = 409

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class Denied(Refusal):
    """This person may not do it."""

    status = 403


class WrongStep(Refusal):
    """Not at this stage."""

    status = 409


class TooLate(Refusal):
    """The time for it has passed."""

    status = 409


class Stale(Refusal):
    """What the person saw is no longer what would be decided."""

    status = 409


class Invalid(Refusal):
    """The input cannot be taken."""

    status = 422


class UsedUp(Refusal):
    """A link or code that no longer works."""

    status = 410


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may they?", with the sentence that says why not."""

    allowed: bool
    reason: Sentence = ""

    def __bool__(self) -> bool:
        return self.allowed

    def or_deny(self) -> None:
        """Raise `Denied` with the reason unless allowed."""
        if not self.allowed:
            raise Denied(self.reason)


ALLOWED: Final = Verdict(allowed=True)


def denied(reason: Sentence) -> Verdict:
    """A refusal with its sentence."""
    return Verdict(allowed=False, reason=reason)
