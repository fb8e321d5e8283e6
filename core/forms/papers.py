"""What is asked before paper is printed."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.rules.entering import PAPERS_AT_ONCE


class PaperForm(forms.Form):
    """How many, on which paper, in which language."""

    count = forms.IntegerField(
        label=_("How many ballots?"),
        help_text=_("Up to three stand on a page."),
        min_value=1,
        max_value=PAPERS_AT_ONCE,
        initial=12,
    )
    size = forms.ChoiceField(
        label=_("Which paper?"), choices=[("a4", "A4"), ("letter", "Letter")], initial="a4", widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
