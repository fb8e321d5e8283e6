"""What is typed in the talk on a proposal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Comment, Reply


class CommentForm(forms.ModelForm[Comment]):
    """A voice in the talk; `parent` is what it answers, `passage` some words of version `version` it is about."""

    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    passage = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Comment
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"].required = True


class ReplyForm(forms.ModelForm[Reply]):
    """The right of reply."""

    class Meta:
        model = Reply
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"text": _("It stands beside the reason. You can change it until the close.")}
