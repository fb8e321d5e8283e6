"""Secret ballots on the page: sent with a code, listed after the close."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from core.actions import secret_ballots
from core.actions.secret_ballots import Sent
from core.forms.elections import ChoiceForm
from core.forms.secret_ballots import SecretBallotForm, secret_choice_form
from core.models import Vote
from core.queries.secret_votes import get_secret_count
from core.refusals import Refusal, WrongStep
from core.timekeeping import folkmoot_now
from core.views._acting import act_counted
from core.views._pages import PageRequest, render_page
from core.views._proposal import Refused, seen, show
from core.views._zones import in_zone
from core.views.ballots import candidates_of, latest_vote, require_same


@sensitive_post_parameters()  # all of them
@login_required
@require_POST
def secret_ballot_cast(request: PageRequest, pk: int) -> HttpResponse:
    """Give or change one's ballot. The answer is the page itself: it alone shows the code once more."""
    vote = latest_vote(request, pk)
    if vote is None or not vote.secret:
        return show(request, pk, refused=Refused("ballot", _("No secret vote on this is open."), WrongStep.status))
    form = form_of(vote, request.POST)
    if not form.is_valid():
        return show(request, pk, refused=Refused("ballot", form=form))

    def cast() -> Sent:
        require_same(vote, form.cleaned_data["vote"])
        return secret_ballots.cast(vote, form.choice, form.cleaned_data["code"], by=request.user)

    try:
        sent = act_counted(request, cast)
    except Refusal as refusal:
        return show(request, pk, refused=Refused("ballot", refusal.sentence, refusal.status, form))
    return show(request, pk, sent=sent)


def form_of(vote: Vote, typed: QueryDict) -> SecretBallotForm | ChoiceForm:
    """The form of this vote, with what was typed."""
    if not vote.is_election:
        return SecretBallotForm(vote, typed)
    return secret_choice_form(vote, candidates_of(vote), typed)


@login_required
@require_safe
def secret_count(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """The count of a secret vote: the list of its ballots, and who voted. 404 before there is one."""
    proposal = seen(request, pk)
    vote = get_object_or_404(
        Vote.objects.select_related("charter", "key", "proposal__body"),
        proposal=proposal,
        number=number,
        secret=True,
        counted_at__isnull=False,
    )
    context = {
        "at": folkmoot_now(),
        "here": proposal.body.slug,
        "body": proposal.body,
        "proposal": proposal,
        "vote": vote,
        "count": get_secret_count(vote),
    }
    with in_zone(vote.charter.time_zone):
        return render_page(request, "core/secret_count.html", context)
