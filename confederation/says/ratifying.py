"""What core is told of ratifying and confidence: what falls due, who may hold a mandate, the words of the record."""

from confederation.actions import confidence, holding, people, ratifying
from confederation.words.records_ratifying import GROUP, LABEL, SAYS
from core.record import LABEL_KEYS
from core.registry import ASKED_THERE, BELONG, RESTS, Duty, register_duty
from core.words.records import register_lines

from .referrals import some


def register() -> None:
    """Called once at start-up. What is called down comes before what comes into force."""
    BELONG.append(holding.belongs)
    ASKED_THERE.append(holding.asked_there)
    LABEL_KEYS.append(holding.label_key)
    RESTS.append(holding.rests)
    register_duty(Duty("called down", ratifying.called_down, ratifying.called))
    register_duty(Duty("in force", ratifying.into_force, ratifying.ripe))
    register_duty(Duty("people asked", people.ask, some(people.to_ask)))
    register_duty(Duty("people over", people.let_go, some(people.to_let_go)))
    register_duty(Duty("people", people.count, people.to_count))
    register_duty(Duty("confidence above", confidence.end_if_lost, confidence.doubted))
    register_duty(Duty("holder", holding.end_if_gone, holding.gone))
    register_lines(GROUP, LABEL, SAYS)
