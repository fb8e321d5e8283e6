"""Sample data of the gallery: a street, its garden, and people who do not exist."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from core.refusals import denied

NOW = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)


def _person(name: str) -> SimpleNamespace:
    sign_in_name = name.split(maxsplit=1)[0].lower()
    return SimpleNamespace(display_name=name, sign_in_name=sign_in_name, is_authenticated=True, theme="")


ANA, BRUNO, CARLA = _person("Ana R."), _person("Bruno O."), _person("Carla Vidal")
FARID, LIN, EVA = _person("Farid K."), _person("Lin"), _person("Eva Żak")
STREET = {"slug": "alder-street", "name": "Alder Street Council"}

PARTS = [
    ("agree", "agree", 22),
    ("reservations", "agree with reservations", 3),
    ("aside", "stands aside", 1),
    ("abstain", "abstains", 1),
]
BLOCKED = [("agree", "agree", 14), ("reservations", "agree with reservations", 2), ("block", "blocks", 1)]
RECALL = [("yes", "yes", 11), ("no", "no", 9), ("abstain", "abstain", 2)]
EARLY = [("agree", "agree", 2)]

OLD = """We take over the empty lot at the corner of Alder and 9th as a common garden, from April.

Beds along the south wall are for households without a yard.

The council pays for two barrels."""
NEW = """We take over the empty lot at the corner of Alder and 9th as a common garden, from March.

Beds along the south wall are for households without a yard.

Lin and Farid hold the key and the calendar until October, and report each month."""


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label="Title", help_text="What we decide, in one line.", max_length=120)
    text = forms.CharField(
        label="Text", widget=forms.Textarea, help_text="Plain words. A blank line begins a new paragraph."
    )
    kind = forms.ChoiceField(
        label="How it is decided",
        choices=[("consensus", "Consensus"), ("majority", "Simple majority")],
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(label="Days of discussion", min_value=3, max_value=30, help_text="Between 3 and 30.")
    review = forms.DateField(
        label="Look at it again on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    who = forms.ChoiceField(label="Who does it", choices=[("ana", "Ana R."), ("lin", "Lin")], required=False)
    tell = forms.MultipleChoiceField(
        label="Who else is told",
        choices=[("garden", "Garden group"), ("kitchen", "Kitchen on 11th")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    urgent = forms.BooleanField(label="It cannot wait", required=False, help_text="Two others must second it.")


def _choices() -> list[dict[str, Any]]:
    return [
        {"value": "agree", "label": "Agree", "explanation": "I support it", "tone": "leaf", "chosen": True},
        {
            "value": "reservations",
            "label": "Agree, with reservations",
            "explanation": "I support it and name a worry",
            "tone": "leaf",
        },
        {"value": "aside", "label": "Stand aside", "explanation": "Not for me, and I don't stop it", "tone": "sun"},
        {"value": "abstain", "label": "Abstain", "explanation": "I take part without a view", "tone": "mute"},
        {
            "value": "block",
            "label": "Block",
            "explanation": "It would harm us. I say why and help find a way",
            "tone": "brick",
        },
    ]


def _calls() -> list[dict[str, Any]]:
    return [
        {
            "title": "Open the corner lot as a garden",
            "url": "#calls",
            "where": "Alder Street Council · consensus · 27 of 41 have spoken",
            "closes_at": NOW + timedelta(days=2, hours=8),
            "action": "Read and decide",
        },
        {
            "title": "Recall of the delegate to the Riverside confederation",
            "url": "#calls",
            "where": "Alder Street Council · simple majority",
            "closes_at": NOW + timedelta(hours=30),
            "action": "Vote",
        },
        {
            "title": "Your report on the tool library is due",
            "url": "#calls",
            "where": "Your mandate “Run the tool library” · two sentences are enough",
            "closes_at": NOW + timedelta(days=5),
            "closes": "due",
            "action": "Write it",
            "quiet": True,
        },
    ]


def _voices() -> list[dict[str, Any]]:
    lin = {"id": 3, "author": LIN, "at": NOW - timedelta(hours=20), "text": "There will be **two** benches."}
    bruno = {
        "id": 2,
        "author": BRUNO,
        "at": NOW - timedelta(days=1, hours=9),
        "tag": "stands aside",
        "tone": "sun",
        "text": "I won't carry water at my age, but I won't stop you either. Put a bench in.",
        "reply_url": "#voices",
        "answers": [lin, {"id": 4, "author": EVA, "at": NOW - timedelta(hours=2), "taken_back": True}],
    }
    farid = {
        "id": 5,
        "author": FARID,
        "at": NOW - timedelta(days=3),
        "tag": "agrees",
        "tone": "leaf",
        "text": "The kitchen confirmed:\n\n- they pick up Saturdays at noon\n- they bring the crates back",
        "reply_url": "#voices",
    }
    return [bruno, farid]


def gallery() -> dict[str, Any]:
    """Everything core/gallery.html shows."""
    empty_form = SampleForm()
    bad_form = SampleForm({"title": "", "text": "Some words that stay.", "days": "90", "kind": "consensus"})
    shell = SimpleNamespace(
        bodies=[STREET, {"slug": "tool-library", "name": "Tool library"}], unread=3, unread_shown="3"
    )
    return {
        "at": NOW,
        "user": ANA,
        "shell_sample": shell,
        "body": STREET,
        "people": [ANA, BRUNO, CARLA, FARID, LIN, EVA],
        "lin": LIN,
        "parts": PARTS,
        "blocked": BLOCKED,
        "recall": RECALL,
        "early": EARLY,
        "old": OLD,
        "new": NEW,
        "empty_form": empty_form,
        "bad_form": bad_form,
        "choices": _choices(),
        "reason": {
            "help": _("Needed for a block, welcome otherwise. Members see it beside your name."),
            "value": "",
        },
        "calls": _calls(),
        "voices": _voices(),
        "closes_at": NOW + timedelta(days=2, hours=8),
        "closed_at": NOW - timedelta(days=2),
        "page": Paginator(range(95), 20).page(2),
        "verdict": denied(_("Only its author can withdraw a proposal.")),
        "facts": [
            ("Limits", "No money, no promises beyond our decisions"),
            ("Granted by", "Election of 12 June, 33 of 38 agreed", "#facts"),
            ("Reports", "5 of 6 given, one is 9 days late"),
        ],
        "will": [
            "The mandate ends at once if more than half of the members have withdrawn confidence.",
            "Nobody sees that you did it, nor how many did.",
            "You can give your confidence back at any time.",
        ],
    }
