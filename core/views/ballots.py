"""Casting a ballot: the same form as a whole page, or as the one part that htmx exchanges."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.actions import ballots
from core.forms.ballots import BallotForm
from core.forms.elections import ChoiceForm, choice_form
from core.forms.texts import TextsForm
from core.models import Ballot, Candidacy, Proposal, Vote
from core.queries.ballots import get_latest_vote
from core.refusals import Refusal, Stale, WrongStep
from core.rules.choices import Choice, Marked, written
from core.rules.positions import RANKED
from core.views._acting import act_once_there, see_other
from core.views._pages import PageRequest
from core.views._proposal import Refused, place, seen, show

PART = "ballot-box"


@login_required
@require_POST
def ballot_cast(request: PageRequest, pk: int) -> HttpResponse:
    """Give or change one's position, in an election one's choice, in the vote that the form was shown for."""
    vote = latest_vote(request, pk)
    if vote is None:
        return show(request, pk, refused=Refused("ballot", _("No vote on this is open."), WrongStep.status), part=PART)
    form = form_of(vote, request.POST)
    if not form.is_valid():
        return show(request, pk, refused=Refused("ballot", form=form), part=PART)

    typed, counted = form.cleaned_data, []

    def cast() -> None:
        require_same(vote, typed["vote"])
        counted.append(ballots.cast(vote, form.choice, by=request.user, reason=typed.get("reason", "")))

    try:
        address = act_once_there(request, cast, place(Proposal(pk=pk), PART))
        if not counted:
            require_still(vote, form.choice, request)
    except Refusal as refusal:
        return show(request, pk, refused=Refused("ballot", refusal.sentence, refusal.status, form), part=PART)
    return answer(request, pk, address)


def latest_vote(request: PageRequest, pk: int) -> Vote | None:
    """The latest vote on a proposal that the person may see; 404 without such a proposal.

    Members of a body see everything in it that is voted on: one statement for them, and the long question for others.
    """
    latest, among_members = get_latest_vote(pk, request.user)
    if not among_members:
        seen(request, pk)
    return latest


def form_of(vote: Vote, typed: QueryDict) -> BallotForm | ChoiceForm | TextsForm:
    """The form of this vote, with what was typed."""
    if vote.has_alternatives:
        return TextsForm(vote.rule, vote.other_texts + 1, typed)
    if not vote.is_election:
        return BallotForm(vote.rule, typed)
    return choice_form(vote.rule in RANKED, candidates_of(vote), typed)


def candidates_of(vote: Vote) -> list[Candidacy]:
    """Those on the ballot of an election, in the order of their numbers."""
    numbered = Candidacy.objects.numbered().filter(election__proposal=vote.proposal_id)
    return list(numbered.select_related("person"))


def require_same(vote: Vote, shown: int) -> None:
    """Raise `Stale` if another vote than the one on the page is open by now: about another text, with another roll."""
    if vote.pk != shown:
        raise Stale(
            _("Another vote on this has opened meanwhile. Your ballot was not counted: read what is asked now.")
        )


def require_still(vote: Vote, choice: Choice, request: PageRequest) -> None:
    """Raise `Stale` if what this form gave, when it was first sent, is not one's position any more."""
    if isinstance(choice, Marked):
        kept = {"position": choice.position, "choice": written(choice.marks)}
    else:
        kept = {"choice": written(choice)} if isinstance(choice, tuple) else {"position": choice}
    if not Ballot.objects.filter(vote=vote, roll__person=request.user, **kept).exists():
        raise Stale(_("This was sent before, and you have given another position since. Look, and give it anew."))


def answer(request: PageRequest, proposal: int, address: str) -> HttpResponse:
    """After a ballot: the part alone, or the page; the whole page anew where the ballot has closed the vote."""
    if not request.htmx:
        messages.success(request, _("Your ballot is cast."))
        return see_other(address)
    if Vote.objects.open().filter(proposal=proposal).exists():
        return show(request, proposal, part=PART)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address.partition("#")[0]
    return response
