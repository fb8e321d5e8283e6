"""What is typed about defence bodies. No form asks for plans, targets, places, weapons, equipment or tactics."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms.mandates import MandateForm, term_field
from core.forms.numbers import WholeNumber
from core.models import TEXT_MAX, Body, Charter, Membership
from defense.models import CODE_MAX, DefenseBody, Post, Training, TrainingDay
from defense.rules.codes import POST_DAYS_AT_MOST


def why_field() -> forms.CharField:
    """What the host reads and talks over."""
    return forms.CharField(label=_("Why?"), max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 5}))


class DefenseForm(forms.Form):
    """A defence body that a council is to form."""

    name = forms.CharField(label=_("What is it called?"), max_length=80)
    sort = forms.ChoiceField(
        label=_("What sort is it?"), choices=DefenseBody.Sort.choices, widget=forms.RadioSelect, initial="community"
    )
    purpose = forms.CharField(label=_("What is it for?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    text = why_field()


class CodeForm(forms.Form):
    """A version of a code of conduct."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("What members of the body do and do not do. Each of them accepts it by name."),
        max_length=CODE_MAX,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    text = why_field()


class PostForm(forms.Form):
    """A post in the chain of command, or one for an expert."""

    name = forms.CharField(
        label=_("What is the post called?"), help_text=_("For example: Coordinator."), max_length=120
    )
    above = forms.ModelChoiceField(
        label=_("Under which post does it stand?"), queryset=Post.objects.none(), required=False, empty_label=_("none")
    )
    expert = forms.BooleanField(
        label=_("For an expert, who need not be a member of the body and stands under nobody"), required=False
    )
    requires = forms.MultipleChoiceField(
        label=_("Which training does it require?"),
        choices=Training.Sort.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = why_field()

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = self.fields["above"]
        assert isinstance(above, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        above.queryset = Post.objects.standing().filter(body=body, expert=False).order_by("pk")


class PostElectionForm(forms.Form):
    """An election for a post: the mandate that who is elected gets."""

    task = forms.CharField(
        label=MandateForm.base_fields["task"].label,
        help_text=_("What the post is there for. No plans, places or names: this page stores none."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    limits = forms.CharField(
        label=MandateForm.base_fields["limits"].label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    term_days = WholeNumber(label=MandateForm.base_fields["term_days"].label, low=1, high=POST_DAYS_AT_MOST)
    report_days = WholeNumber(
        label=MandateForm.base_fields["report_days"].label, low=7, high=POST_DAYS_AT_MOST, required=False, initial=30
    )
    text = why_field()

    def __init__(self, charter: Charter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term_days"] = term_field(min(charter.term_days, POST_DAYS_AT_MOST))


class PostClosingForm(forms.Form):
    """The end of a post."""

    text = why_field()


class TrainingForm(forms.Form):
    """What is taught, and for how long it holds."""

    sort = forms.ChoiceField(label=_("What is taught?"), choices=Training.Sort.choices)
    valid_days = WholeNumber(
        label=_("For how many days does it hold?"),
        help_text=_("Leave it empty if it holds for good."),
        low=1,
        high=3650,
        required=False,
        initial=365,
    )


class DayForm(forms.Form):
    """A day on which it is taught. Where is said elsewhere."""

    training = forms.ModelChoiceField(label=_("What is taught?"), queryset=Training.objects.none(), empty_label=None)
    on = forms.DateField(label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        training = self.fields["training"]
        assert isinstance(training, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        training.queryset = body.trainings.order_by("sort")
        training.label_from_instance = lambda obj: str(obj.get_sort_display())  # type: ignore[method-assign]


class CameForm(forms.Form):
    """Who came."""

    came = forms.ModelMultipleChoiceField(
        label=_("Who came?"), queryset=Membership.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, day: TrainingDay, members: QuerySet[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        came = self.fields["came"]
        assert isinstance(came, forms.ModelMultipleChoiceField)  # noqa: S101  (for the type checker)
        came.queryset = members.exclude(trained__day=day).order_by("person__display_name", "pk")
        came.label_from_instance = lambda obj: str(obj.person.display_name)  # type: ignore[method-assign]
