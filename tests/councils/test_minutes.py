"""Minutes: they write themselves, stand once they are published, and name nobody who was forgotten."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from core.actions import forgetting, memberships, people
from core.models import Membership, RecordText
from core.refusals import Denied, Stale
from core.timekeeping import folkmoot_now
from councils.actions import minutes, running, speaking
from councils.models import Assembly, MinuteLine, Minutes, Turn
from councils.queries.published import get_published
from tests import village
from tests.councils.assemblies import Hall, make_hall, opened, over, published
from tests.scenes import scene
from tests.verify.honest import assert_whole

pytestmark = pytest.mark.django_db

hall = scene(make_hall)


def test_the_minutes_write_themselves_and_stand_once_published(hall: Hall) -> None:
    opened(hall, "ana", "bruno")
    item = hall.assembly.items.get()
    speaking.give_word(hall.assembly, hall.member("bruno"), by=hall.ana, at=folkmoot_now())
    speaking.wave(hall.assembly, "agree", by=hall.people["bruno"], at=folkmoot_now())
    line = minutes.note(hall.assembly, "It is dark.", by=hall.people["eva"], at=folkmoot_now())
    minutes.change_note(line, "It is very dark.", seen=1, by=hall.people["eva"], at=folkmoot_now())
    with pytest.raises(Stale), transaction.atomic():
        minutes.change_note(line, "It is light.", seen=1, by=hall.ana, at=folkmoot_now())
    running.lengthen(item, 5, by=hall.ana, at=folkmoot_now())
    due = folkmoot_now().date() + timedelta(days=9)
    errand = minutes.take_on(hall.assembly, "Mend it", hall.member("gina"), due, by=hall.ana, at=folkmoot_now())
    running.end_item(item, by=hall.ana, at=folkmoot_now())
    published(over(hall))

    text = hall.assembly.minutes.text
    for sentence in (
        "The assembly began.",
        "Ana, Bruno arrived.",
        "**The lamp**",
        "It is very dark.",
        "We gave it 5 minutes more.",
        "To do: Mend it (Gina, by ",
        "Hands: 1 agree, 0 are unsure, 0 disagree. This decides nothing.",
        "Ended. 1 person spoke, 1 time in all.",
        "The assembly ended. 2 members were still there.",
    ):
        assert sentence in text
    kept = RecordText.objects.get(line__what="minutes.published", name="minutes")
    assert kept.text == text
    with pytest.raises(DatabaseError, match="published minutes never change"), transaction.atomic():
        MinuteLine.objects.filter(pk=line.pk).update(text="It was light.")
    with pytest.raises(DatabaseError), transaction.atomic():
        type(hall.assembly.minutes).objects.update(text="Other")
    minutes.add(hall.assembly.minutes, "Also in the cellar.", by=hall.people["bruno"], at=folkmoot_now())
    with pytest.raises(Denied, match="Only the person who has taken it on"), transaction.atomic():
        minutes.finish(errand, by=hall.ana, at=folkmoot_now())
    minutes.finish(errand, by=hall.people["gina"], at=folkmoot_now())
    assert_whole(hall.body, hall.ana)


def test_after_seven_days_anybody_publishes_what_is_there(hall: Hall) -> None:
    over(opened(hall, "ana"))
    with pytest.raises(Denied, match="For seven days"), transaction.atomic():
        minutes.publish(hall.assembly, by=hall.people["bruno"], at=folkmoot_now())
    village.move_clock(timedelta(days=7))
    minutes.publish(hall.assembly, by=hall.people["bruno"], at=folkmoot_now())
    assert Assembly.objects.get(pk=hall.assembly.pk).published_at is not None


def test_ending_ends_all_that_runs(hall: Hall) -> None:
    opened(hall, "ana", "bruno", "eva")
    speaking.give_word(hall.assembly, hall.member("bruno"), by=hall.ana, at=folkmoot_now())
    speaking.raise_hand(hall.assembly, "speak", by=hall.people["eva"], at=folkmoot_now())
    over(hall)
    assert not Turn.objects.filter(called_at__isnull=True, lowered_at__isnull=True).exists()
    assert not Turn.objects.filter(called_at__isnull=False, ended_at__isnull=True).exists()
    assert hall.assembly.items.get().ended_at is not None


# -- names in published minutes


def leave_and_be_forgotten(hall: Hall, name: str) -> None:
    """They leave, and have the label forgotten."""
    membership = hall.member(name)
    memberships.leave(hall.body, by=hall.people[name])
    forgetting.ask(Membership.objects.get(pk=membership.pk), by=hall.people[name], at=folkmoot_now())
    assert Membership.objects.get(pk=membership.pk).forgotten_at is not None


def test_who_was_forgotten_or_left_the_house_is_not_named_in_published_minutes(hall: Hall) -> None:
    opened(hall, "ana", "bruno", "gina", "eva")
    minutes.note(hall.assembly, "Bruno and Gina bring soup, Brunosson does not.", by=hall.ana, at=folkmoot_now())
    minutes.take_on(hall.assembly, "Dig", hall.member("bruno"), None, by=hall.ana, at=folkmoot_now())
    running.close(hall.assembly, by=hall.ana, at=folkmoot_now())
    text = minutes.publish(hall.assembly, by=hall.people["eva"], at=folkmoot_now())
    minutes.add(text, "Bruno was late.", by=hall.people["gina"], at=folkmoot_now())
    hall.assembly.refresh_from_db()
    assert get_published(hall.assembly).text == text.text

    leave_and_be_forgotten(hall, "bruno")
    people.close_account(hall.people["gina"], at=folkmoot_now())

    shown = get_published(hall.assembly)
    assert "Former member and Former member bring soup, Brunosson does not." in shown.text
    assert "To do: Dig (Former member)." in shown.text
    assert not re.search(r"\b(Bruno|Gina)\b", shown.text)
    assert "Ana (facilitator), Eva (note-taker)" in shown.text
    assert [(each.author, each.text) for each in shown.addenda] == [("Former member", "Former member was late.")]
    assert shown.published_by == "Eva"
    assert Minutes.objects.get(pk=text.pk).text == text.text  # what the record commits to
    assert_whole(hall.body)


def test_who_published_is_hidden_too_and_who_was_forgotten_before_is_never_written(hall: Hall) -> None:
    opened(hall, "ana", "bruno")
    running.close(hall.assembly, by=hall.ana, at=folkmoot_now())
    leave_and_be_forgotten(hall, "bruno")
    text = minutes.publish(hall.assembly, by=hall.ana, at=folkmoot_now())
    assert "Ana, Former member arrived." in text.text
    leave_and_be_forgotten(hall, "ana")

    hall.assembly.refresh_from_db()
    assert get_published(hall.assembly).published_by == "Former member"
    assert not re.search(r"\bAna\b", get_published(hall.assembly).text)
