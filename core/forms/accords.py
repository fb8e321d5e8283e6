"""What people type when bodies are to become one, or a body chooses a host."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import TEXT_MAX, Body

CHOOSE = _("Choose a body")


class WithBodiesForm(forms.Form):
    """A form in which other bodies are chosen: `bodies` are those that can be."""

    choosing: tuple[str, ...] = ()

    def __init__(self, bodies: QuerySet[Body], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.choosing:
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
            field.queryset = bodies


class UnionForm(WithBodiesForm):
    """With which bodies, which of them goes on, and why."""

    choosing = ("other", "third")

    other = forms.ModelChoiceField(label=_("With which body?"), queryset=Body.objects.none(), empty_label=CHOOSE)
    third = forms.ModelChoiceField(
        label=_("And with a third one?"), queryset=Body.objects.none(), required=False, empty_label=_("No")
    )
    lead = forms.ChoiceField(
        label=_("Which one goes on, with its name and its charter?"),
        choices=[("us", _("Ours: they come to us")), ("them", _("The other one: we go there"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Why, and what becomes of what each holds?"),
        help_text=_("Keys, money, tools, promises: who takes them on. The other body reads this too."),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class HostForm(WithBodiesForm):
    """Which host, and why."""

    choosing = ("host",)

    host = forms.ModelChoiceField(
        label=_("Which council or confederation?"), queryset=Body.objects.none(), empty_label=CHOOSE
    )
    text = forms.CharField(
        label=_("Why, and what do you promise each other?"),
        help_text=_("The host decides on it too, and reads this."),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
