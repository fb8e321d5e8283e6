"""What is typed about questions of confederations: putting one up, own words, deviations, calls."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from confederation.forms.seats import why_field
from confederation.models import Ceded, Forward
from confederation.rules.matters import Right, Sort
from confederation.rules.positions import Own, Said
from confederation.rules.timing import LASTS_AT_LEAST, LASTS_AT_MOST
from confederation.words.saying import RIGHTS, SORTS, choices
from core.actions.mandates import Terms
from core.forms.mandates import MandateForm, person_field, term_field
from core.forms.numbers import WholeNumber
from core.models import Body, Mandate, Person
from core.queries.charters import get_charter

What = Forward.What
WHATS = (What.DECISION, What.MANDATE, What.RECALL, What.CEDE, What.TAKE_BACK, What.DISSOLUTION)
"""What this form asks for. What a confederation itself founds, joins or leaves needs more than one question."""


class ForwardForm(forms.Form):
    """What a body puts before a confederation: the fields that this kind of question needs, and no others."""

    title = forms.CharField(label=_("The question, in one line"), max_length=120)
    text = why_field()
    days = WholeNumber(
        label=_("For how many days are the bodies asked?"),
        help_text=_("14 to 60. They vote in the last 7."),
        low=LASTS_AT_LEAST.days,
        high=LASTS_AT_MOST.days,
        initial=LASTS_AT_LEAST.days,
    )

    def __init__(self, body: Body, confederation: Body, what: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what = What(what)
        added: dict[str, forms.Field] = {}
        match self.what:
            case What.DECISION:
                added["about"] = about_field(confederation, rights=True)
            case What.TAKE_BACK:
                added["about"] = about_field(confederation, rights=False)
            case What.CEDE:
                added["sort"] = forms.ChoiceField(label=_("What is it about?"), choices=choices(SORTS))
                added["words"] = forms.CharField(label=_("What exactly is ceded?"), max_length=200)
            case What.RECALL:
                held = Mandate.objects.filter(body=confederation, ended_at=None).order_by("title", "pk")
                added["mandate"] = forms.ModelChoiceField(held, label=_("Which mandate?"), empty_label=None)
            case What.MANDATE:
                added |= mandate_fields(body, confederation)
        self.fields |= added
        self.order_fields(["title", *added, "text", "days"])

    @property
    def matter(self) -> tuple[Ceded | None, Right | None]:
        """The ceded matter or the shared right that was chosen."""
        sort, _colon, key = self.cleaned_data.get("about", "").partition(":")
        if sort == "right":
            return None, Right(key)
        return (Ceded.objects.filter(pk=int(key)).first() if key else None), None

    @property
    def sort(self) -> Sort | None:
        """What a matter to be ceded is about."""
        return Sort(self.cleaned_data["sort"]) if "sort" in self.cleaned_data else None

    @property
    def terms(self) -> Terms | None:
        """What a mandate asks for, and of whom."""
        typed = self.cleaned_data
        if self.what != What.MANDATE:
            return None
        return Terms(typed["person"], typed["task"], typed["limits"], typed["term_days"], typed["report_days"])


def about_field(confederation: Body, *, rights: bool) -> forms.ChoiceField:
    """The matters ceded to it, and the shared rights."""
    matters = Ceded.objects.standing().filter(confederation=confederation).order_by("pk")
    ceded = [(f"ceded:{each.pk}", f"{SORTS[each.sort]}: {each.words}") for each in matters]
    shared = [(f"right:{name}", _("Shared right: %(right)s") % {"right": label}) for name, label in RIGHTS.items()]
    return forms.ChoiceField(label=_("On what does it decide?"), choices=[*ceded, *(shared if rights else [])])


def possible_holders(body: Body, confederation: Body) -> QuerySet[Person]:
    """Members of one's own body, and who holds a mandate of the confederation now, by name."""
    held = Mandate.objects.filter(body=confederation, ended_at=None).values("person")
    ours = body.memberships.filter(ended_at__isnull=True).values("person")
    return Person.objects.filter(Q(pk__in=ours) | Q(pk__in=held)).order_by("display_name", "pk")


def mandate_fields(body: Body, confederation: Body) -> dict[str, forms.Field]:
    """Task, limits and term of a mandate of the confederation, for somebody of one's own body, or who holds one."""
    return {
        "person": person_field(possible_holders(body, confederation)),
        "task": forms.CharField(
            label=MandateForm.base_fields["task"].label, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
        ),
        "limits": forms.CharField(
            label=MandateForm.base_fields["limits"].label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
        ),
        "term_days": term_field(get_charter(confederation).term_days),
        "report_days": WholeNumber(
            label=MandateForm.base_fields["report_days"].label, low=7, high=365, required=False, initial=30
        ),
    }


class OwnWordForm(forms.Form):
    """What a body is to say above by a decision of its own."""

    says = forms.ChoiceField(
        label=_("What do we say above?"),
        choices=[
            (Own.ASIDE.value, _("We stand aside: not for us, and we do not stop it")),
            (Own.BLOCK.value, _("We block: it would harm us")),
        ],
        widget=forms.RadioSelect,
    )
    text = why_field()


class DeviationForm(forms.Form):
    """What a free delegate says, other than home."""

    says = forms.ChoiceField(
        label=_("What do you say above?"),
        choices=[
            (Said.AGREE.value, _("Agree")),
            (Said.DISAGREE.value, _("Do not agree")),
            (Said.ASIDE.value, _("Stand aside")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Your body reads this at once."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WordsForm(forms.Form):
    """What somebody has to say about a question."""

    text = forms.CharField(
        label=_("Your words"),
        help_text=_("The members of all bodies below read this, with your name."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class BodyCallForm(forms.Form):
    """Why a body is to call a decision down."""

    text = why_field()
