"""A body with one of everything, and the people of the access table."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from core.actions import applications, comments, invitations, memberships, tokens
from core.actions.proposals import Todo
from core.models import Body, Cause, Checkpoint, Notice, Person, Receipt, RecordHead, SigningKey, Vote
from core.timekeeping import folkmoot_now
from tests import village

TOKEN = "a-token-of-the-table"


@dataclass
class Scene:
    """A body that is not listed, with one of everything, and the people of the table."""

    body: Body
    people: dict[str, Person]
    keys: dict[str, dict[str, Any]]


def make_scene() -> Scene:
    """The body and its people."""
    names = ("member", "author", "holder", "former", "removed", "stranger", "applicant", "another")
    people = dict(zip(names, village.make_people(*names), strict=True))
    inside = [people[name] for name in ("author", "member", "holder", "another", "former", "removed")]
    body = village.make_council("Alder", inside, listed=False)
    village.make_council("Birch", [people["stranger"], *village.make_people("bert", "berta")])
    keys = one_of_everything(body, people)
    memberships.leave(body, by=people["former"])
    remove(body, people["removed"])
    return Scene(body, people, keys)


def remove(body: Body, person: Person) -> None:
    """End a membership as a removal does."""
    with transaction.atomic():
        memberships.remove(village.membership(body, person), at=folkmoot_now())


def one_of_everything(body: Body, people: dict[str, Person]) -> dict[str, dict[str, Any]]:
    """Rows to point at: route arguments by the name of what they are keys of."""
    author = people["author"]
    inside = [people[name] for name in ("author", "member", "holder", "another")]
    mandate = village.make_mandate(body, inside, people["holder"], author=author)
    at = folkmoot_now()
    proposal = village.make_proposal(body, author, tasks=[Todo("Dig", people["another"])])
    comment = comments.write(proposal, "Mind the pipe.", by=author, at=at)
    invitation, _token = invitations.invite(body, by=author, at=at, uses=50, token=TOKEN)
    application = applications.apply(body, by=people["applicant"], at=at)
    token, _secret = tokens.make(author, name="script", scope="read", days=3, at=at)
    cause = Cause.objects.filter(body=body).latest("pk")
    notice, _new = Notice.objects.get_or_create(cause=cause, person=author, defaults={"at": at})
    return {
        "proposals": {"pk": proposal.pk},
        "comments": {"pk": comment.pk},
        "tasks": {"pk": proposal.tasks.get().pk},
        "mandates": {"pk": mandate.pk},
        "members": {"pk": village.membership(body, people["another"]).pk},
        "invitations": {"pk": invitation.pk},
        "applications": {"pk": application.pk},
        "tokens": {"pk": token.pk},
        "notices": {"pk": notice.pk},
        "slug": {"slug": body.slug},
        "votes": {"pk": signed(body, mandate.granted_by.votes.get(number=1)).pk},
        "vote": {"pk": mandate.granted_by_id, "number": 1},
    }


def signed(body: Body, vote: Vote) -> Vote:
    """As the signer leaves it: a checkpoint of the record, and a receipt for every ballot of the vote."""
    at = folkmoot_now()
    head = RecordHead.objects.get(pk=body.pk)
    key = SigningKey.objects.create(key_id="00" * 4, text="a key", at=at)
    Checkpoint.objects.create(body=body, key=key, size=head.seq, root="", head=head.hash, at=at, note="a note")
    for ballot in vote.ballots.all():
        Receipt.objects.create(ballot=ballot, key=key, change_no=ballot.change_no, at=at, note="a note")
    return vote


SPECIAL: dict[str, str | dict[str, Any]] = {
    "core:invitation-open": {"token": TOKEN},
    "core:first-link": {"token": "forged"},
    "core:mail-stop": {"token": "forged"},
    "core:token-end": "tokens",
    "core:receipt-file": "votes",
    "api:ballot-list": "vote",
    "core:secret-count": "vote",
    "api:receipt-read": "vote",
}


def arguments(name: str, scene: Scene) -> dict[str, Any]:
    """The arguments of a route: by the first word of its path."""
    special = SPECIAL.get(name)
    if isinstance(special, dict):
        return special
    if special is not None:
        return scene.keys[special]
    if name == "api:charter-adopt":
        return {"slug": scene.body.slug, "number": 1}
    for noun in ("proposals", "comments", "tasks", "mandates", "members", "invitations", "applications", "notices"):
        try:
            path = reverse(name, kwargs=scene.keys[noun])
        except Exception:  # noqa: S112  (it takes other arguments)
            continue
        if f"/{noun}/" in path:
            return scene.keys[noun]
    return scene.keys["slug"] if takes_slug(name) else {}


def takes_slug(name: str) -> bool:
    """Whether a route is about a body."""
    try:
        reverse(name)
    except Exception:
        return True
    return False
