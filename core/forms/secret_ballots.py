"""A secret ballot as it is sent. What a code must be, and who may send one, the action says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Vote
from core.rules.choices import Choice
from core.words.positions import secret_choices


class SecretBallotForm(forms.Form):
    """A choice, the code of the ballot, and the vote it was shown for."""

    vote = forms.IntegerField(widget=forms.HiddenInput)
    position = forms.ChoiceField(label=_("Your vote"), error_messages={"required": _("Choose a position first.")})
    code = forms.CharField(label=_("Your code"), max_length=60, required=False)

    def __init__(self, vote: Vote, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.offered = secret_choices(vote.rule)
        field = self.fields["position"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [(choice.value, str(choice.label)) for choice in self.offered]

    @property
    def choice(self) -> Choice:
        """What was chosen, once the form is valid."""
        chosen = self.cleaned_data["position"]
        return next(each.meant for each in self.offered if each.value == chosen)
