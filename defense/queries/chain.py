"""The chain of command of a defence body: its posts, one under the other, and who holds them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from core.models import Body, Mandate, Proposal, Stage
from defense.models import Closing, Filling, Post
from defense.queries.standing import get_codes, get_standings, trains_first

UNDER_WAY = (Stage.DISCUSSION, Stage.VOTING, Stage.ROUND)


@dataclass(slots=True)
class Node:
    """A post with who holds it, whether it rests, the votes that fill or close it, and what stands under it."""

    post: Post
    held: list[Mandate] = field(default_factory=list)
    resting: set[int] = field(default_factory=set)
    elections: list[Proposal] = field(default_factory=list)
    closings: list[Proposal] = field(default_factory=list)
    requires: list[str] = field(default_factory=list)
    below: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chain:
    """The posts with nothing above them, each with all under it; and the experts."""

    top: list[Node]
    experts: list[Node]

    @property
    def lines(self) -> list[tuple[int, Node]]:
        """The same as nested text: how deep, and which."""
        return [line for node in self.top for line in _walk(node, 0)]


def _walk(node: Node, depth: int) -> Iterator[tuple[int, Node]]:
    yield depth, node
    for below in node.below:
        yield from _walk(below, depth + 1)


def get_chain(body: Body, *, at: datetime) -> Chain:
    """A fixed number of statements. A post that was closed is there for as long as somebody holds it."""
    in_force = Mandate.objects.in_force(at)
    posts = Post.objects.shown(in_force).filter(body=body).prefetch_related("requires").order_by("pk")
    nodes = {
        post.pk: Node(post, requires=[str(each.get_sort_display()) for each in post.requires.all()]) for post in posts
    }
    held = in_force.filter(granted_by__fills_post__post__in=nodes)
    pending = {row.membership.person_id for row in get_standings(body, get_codes(body, at=at), at=at) if not row.good}
    pending.update(trains_first(body).values_list("membership__person", flat=True))
    for mandate in held.select_related("person", "granted_by__fills_post").order_by("starts_at", "pk"):
        node = nodes[mandate.granted_by.fills_post.post_id]
        node.held.append(mandate)
        if mandate.person_id in pending and not node.post.expert:
            node.resting.add(mandate.pk)
    under_way = {"post__in": nodes, "proposal__stage__in": UNDER_WAY}
    for filling in Filling.objects.filter(**under_way).select_related("proposal").order_by("pk"):
        nodes[filling.post_id].elections.append(filling.proposal)
    for closing in Closing.objects.filter(**under_way).select_related("proposal").order_by("pk"):
        nodes[closing.post_id].closings.append(closing.proposal)
    top: list[Node] = []
    for node in nodes.values():
        above = nodes.get(node.post.above_id or 0)
        (above.below if above is not None else top).append(node)
    return Chain([node for node in top if not node.post.expert], [node for node in top if node.post.expert])
