"""What is typed about audits: what the auditor is sent to read, a finding, an answer, what the host does then."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.elections import ElectionForm
from core.models import ANSWER_MAX, FOUND_MAX, TEXT_MAX, AuditReading, Body, Charter, Finding
from core.registry import MATTERS

SUGGESTED_DAYS = 14


class AuditForm(ElectionForm):
    """An election of an auditor: the mandate, and what it is to read in which body."""

    audited = forms.ModelChoiceField(
        label=gettext_lazy("Which body is audited?"),
        help_text=gettext_lazy("One that answers to yours. Its members cannot stand."),
        queryset=Body.objects.none(),
    )
    matters = forms.MultipleChoiceField(
        label=gettext_lazy("What does the auditor read?"), widget=forms.CheckboxSelectMultiple
    )
    since = forms.DateField(
        label=gettext_lazy("From which day on?"),
        help_text=gettext_lazy(
            "Leave it empty for all that the body has done. Who was a member since then cannot stand."
        ),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    field_order: Any = (
        "audited",
        "matters",
        "since",
        "title",
        "task",
        "limits",
        "method",
        "term_days",
        "report_days",
        "text",
    )

    def __init__(self, hosted: QuerySet[Body], body: Body, charter: Charter, *args: Any, **kwargs: Any) -> None:
        super().__init__(body, charter, *args, **kwargs)
        del self.fields["seats"]
        choosing, matters = self.fields["audited"], self.fields["matters"]
        assert isinstance(choosing, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        assert isinstance(matters, forms.MultipleChoiceField)  # noqa: S101
        choosing.queryset = hosted
        matters.choices = [(matter.name, matter.label) for matter in MATTERS.values()]
        matters.initial = list(MATTERS)
        self.fields["title"].help_text = _("For example: Auditor of the workshop.")
        self.fields["task"].initial = _("Read what was decided and done, and tell us what is not right.")
        self.fields["limits"].initial = _(
            "Decide nothing there. Tell nobody what was read, but in findings and reports."
        )


class FindingForm(forms.Form):
    """What the auditor found."""

    title = forms.CharField(label=gettext_lazy("What is it about?"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("What did you find?"),
        help_text=gettext_lazy("What is, and what should be. Host and body read it."),
        max_length=FOUND_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("How serious is it?"), choices=Finding.Severity.choices, widget=forms.RadioSelect
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Until when does the body answer?"),
        help_text=gettext_lazy("Three days at least, ninety at most."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    evidence = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What shows it?"),
        help_text=gettext_lazy("Things that you have read in this audit."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, readings: list[AuditReading], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = self.fields["evidence"]
        assert isinstance(shown, forms.TypedMultipleChoiceField)  # noqa: S101  (for the type checker)
        shown.choices = [(reading.pk, f"{MATTERS[reading.matter].label}: {reading.title}") for reading in readings]
        self.fields["answer_by"].initial = today + timedelta(days=SUGGESTED_DAYS)


class FindingAnswerForm(forms.Form):
    """What a member of the body answers."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("Host and body read it, with your name."),
        max_length=ANSWER_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class FindingRecallForm(forms.Form):
    """Whose mandate is recalled, and why."""

    mandate = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Your reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class FindingProposalForm(forms.Form):
    """What the host is to decide about the body."""

    kind = forms.CharField(widget=forms.HiddenInput, max_length=30)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("Why, and what shall be"), max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 10})
    )
