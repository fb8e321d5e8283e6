"""What the API shows: the fields of each thing, never more than its page."""

import json
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.actions.secret_ballots import Sent
from core.api.alternatives import AlternativeShown
from core.models import (
    Application,
    Ballot,
    Body,
    Candidacy,
    Charter,
    Comment,
    Election,
    Invitation,
    Mandate,
    Membership,
    Notice,
    Offer,
    Person,
    Proposal,
    RecordLine,
    Report,
    Task,
    TextVersion,
    Vote,
)
from core.registry import KINDS


class PersonShown(serializers.ModelSerializer[Person]):
    """A person, as other members see one."""

    class Meta:
        model = Person
        fields: ClassVar = ["id", "display_name"]


class MeShown(serializers.ModelSerializer[Person]):
    """Oneself."""

    class Meta:
        model = Person
        fields: ClassVar = ["id", "sign_in_name", "display_name", "email", "language", "mail", "theme"]
        read_only_fields: ClassVar = ["id", "sign_in_name", "email"]


class BodyShown(serializers.ModelSerializer[Body]):
    """The public face of a body."""

    class Meta:
        model = Body
        fields: ClassVar = ["slug", "name", "kind", "listed", "formed_at", "adopted_at", "suspended_at", "ended_at"]


class CharterShown(serializers.ModelSerializer[Charter]):
    """A charter with all its numbers."""

    class Meta:
        model = Charter
        fields: ClassVar = [
            "number",
            "purpose",
            "unity",
            "drafted_at",
            "in_force_at",
            "consensus_up_to",
            "agreement_num",
            "agreement_den",
            "quorum_num",
            "quorum_den",
            "second_quorum_num",
            "second_quorum_den",
            "discussion_days",
            "voting_hours",
            "recall_hours",
            "asides_num",
            "asides_den",
            "round_days",
            "rounds_max",
            "after_rounds",
            "term_days",
            "renewals",
            "admission",
            "waiting_days",
            "open_proposals",
            "counts_visible",
            "secret_from",
            "minimum_age",
            "codes",
            "votes_by_mail",
            "urgent_sum",
            "time_zone",
        ]


class MembershipShown(serializers.ModelSerializer[Membership]):
    """A member of a body."""

    person = PersonShown(read_only=True)

    class Meta:
        model = Membership
        fields: ClassVar = ["id", "person", "joined_at", "voice_from", "invited_by"]


class TextShown(serializers.ModelSerializer[TextVersion]):
    """One version of a text."""

    class Meta:
        model = TextVersion
        fields: ClassVar = ["number", "title", "text", "at"]


@extend_schema_field({"type": ["object", "null"], "additionalProperties": True})
class TallyField(serializers.JSONField):
    """The count of a vote; null until it is counted."""


@extend_schema_field({"type": ["array", "null"], "items": {}})
class ListedField(serializers.JSONField):
    """The ballots of a counted secret vote: [show, choice], or one of both; null where only the outcome is told."""


class VoteShown(serializers.ModelSerializer[Vote]):
    """A vote: what it opened with; tally and outcome once it is counted. Between several texts the tally is of the
    positions on the first of them, and `marks` says how many could live with each.
    """

    text = serializers.IntegerField(source="text.number", read_only=True)
    charter = serializers.IntegerField(source="charter.number", read_only=True)
    tally = TallyField(read_only=True)
    key = serializers.SerializerMethodField()
    listed = ListedField(read_only=True)
    seed = serializers.CharField(source="seed_shown", read_only=True)
    alternatives = AlternativeShown(many=True, read_only=True)
    marks = TallyField(read_only=True)

    class Meta:
        model = Vote
        fields: ClassVar = [
            "id",
            "number",
            "matter",
            "rule",
            "charter",
            "text",
            "second_call",
            "secret",
            "codes",
            "key",
            "opened_at",
            "closes_at",
            "roll_size",
            "quorum_num",
            "quorum_den",
            "agreement_num",
            "agreement_den",
            "asides_num",
            "asides_den",
            "seats",
            "seed_hash",
            "seed",
            "counted_at",
            "outcome",
            "reason",
            "tally",
            "alternatives",
            "first",
            "marks",
            "ballots_root",
            "listed",
        ]

    def get_key(self, vote: Vote) -> str | None:
        """The public half of a secret vote's key, in hex."""
        return str(vote.key.public) if vote.secret else None


class SentShown(serializers.Serializer[Sent]):
    """A secret ballot that is in its box: as what it will stand in the list, and whether it was there before."""

    show = serializers.CharField(read_only=True)
    changed = serializers.BooleanField(read_only=True)


@extend_schema_field({"type": ["array", "null"], "items": {"type": "integer"}})
class ChoiceField(serializers.Field[Any, Any, Any, Any]):
    """The numbers on a ballot: of candidates, or of the texts it marks; null where it holds a position only."""

    def to_representation(self, value: str) -> list[int] | None:
        """The numbers in their order."""
        return json.loads(value) if value else None


class BallotShown(serializers.ModelSerializer[Ballot]):
    """A position, or in an election a choice, as members see it."""

    person = PersonShown(source="roll.person", read_only=True)
    choice = ChoiceField(read_only=True)

    class Meta:
        model = Ballot
        fields: ClassVar = ["person", "position", "choice", "reason", "cast_at", "changed_at", "change_no", "way"]


class TaskShown(serializers.ModelSerializer[Task]):
    """A task of an adopted proposal."""

    person = PersonShown(read_only=True)

    class Meta:
        model = Task
        fields: ClassVar = ["id", "proposal", "what", "person", "due_on", "done_at", "note"]


class OfferShown(serializers.ModelSerializer[Offer]):
    """The mandate a proposal would grant."""

    person = PersonShown(read_only=True)

    class Meta:
        model = Offer
        fields: ClassVar = ["person", "task", "limits", "term_days", "report_days", "accepted_at"]


class CandidacyShown(serializers.ModelSerializer[Candidacy]):
    """Somebody who stands, or was asked to."""

    person = PersonShown(read_only=True)

    class Meta:
        model = Candidacy
        fields: ClassVar = ["number", "person", "words", "proposed_at", "accepted_at", "withdrawn_at"]


class ElectionShown(serializers.ModelSerializer[Election]):
    """What an election fills, and who stands."""

    candidacies = CandidacyShown(many=True, read_only=True)

    class Meta:
        model = Election
        fields: ClassVar = ["task", "limits", "term_days", "report_days", "seats", "ranked", "candidacies"]


class ProposalShown(serializers.ModelSerializer[Proposal]):
    """A proposal in a list."""

    body = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True)
    author = PersonShown(read_only=True)
    kind = serializers.ChoiceField(choices=[], read_only=True)

    class Meta:
        model = Proposal
        fields: ClassVar = [
            "id",
            "body",
            "kind",
            "author",
            "stage",
            "title",
            "created_at",
            "discussion_at",
            "waived_at",
            "closed_at",
            "urgent",
            "sum",
            "round_no",
            "round_ends_at",
            "review_on",
            "effect",
            "effect_problem",
            "stands",
            "ended_at",
            "ending",
            "mandate",
            "replaces",
            "confirms",
            "reviews",
            "appeals",
        ]

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The kinds are registered at start-up, so they are named here and not in the class."""
        fields = super().get_fields()
        fields["kind"] = serializers.ChoiceField(choices=sorted(KINDS), read_only=True)
        return fields


class ProposalWhole(ProposalShown):
    """A proposal with its texts, votes, tasks, and its offer or election."""

    texts = TextShown(many=True, read_only=True)
    votes = VoteShown(many=True, read_only=True)
    tasks = TaskShown(many=True, read_only=True)
    offer = OfferShown(read_only=True, allow_null=True, default=None)
    election = ElectionShown(read_only=True, allow_null=True, default=None)

    class Meta(ProposalShown.Meta):
        fields: ClassVar = [*ProposalShown.Meta.fields, "texts", "votes", "tasks", "offer", "election"]


class CommentShown(serializers.ModelSerializer[Comment]):
    """A voice in the talk; on a passage with the passage and the number of its version."""

    author = PersonShown(read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Comment
        fields: ClassVar = [
            *("id", "proposal", "parent", "author", "text", "at", "round_no", "version", "passage", "taken_back_at"),
        ]


class ReportShown(serializers.ModelSerializer[Report]):
    """A delegate's report."""

    class Meta:
        model = Report
        fields: ClassVar = ["id", "mandate", "text", "at"]


class MandateShown(serializers.ModelSerializer[Mandate]):
    """A mandate. Nothing here tells who or how many have withdrawn confidence."""

    body = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True)
    person = PersonShown(read_only=True)

    class Meta:
        model = Mandate
        fields: ClassVar = [
            "id",
            "body",
            "person",
            "granted_by",
            "title",
            "task",
            "limits",
            "report_days",
            "renewal_no",
            "starts_at",
            "ends_at",
            "ended_at",
            "ending",
        ]


class RecordLineShown(serializers.ModelSerializer[RecordLine]):
    """A line of the record, in the bytes that were hashed."""

    class Meta:
        model = RecordLine
        fields: ClassVar = ["seq", "at", "what", "who", "line", "prev", "hash"]


class InvitationShown(serializers.ModelSerializer[Invitation]):
    """One's own invitation; never its link."""

    class Meta:
        model = Invitation
        fields: ClassVar = ["id", "note", "created_at", "expires_at", "uses_left", "uses", "ended_at"]


class ApplicationShown(serializers.ModelSerializer[Application]):
    """Somebody who asks to join."""

    body = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True)
    person = PersonShown(read_only=True)

    class Meta:
        model = Application
        fields: ClassVar = ["id", "body", "person", "words", "stage", "created_at", "objections_until", "closed_at"]


class NoticeShown(serializers.ModelSerializer[Notice]):
    """News for oneself."""

    what = serializers.CharField(source="cause.what", read_only=True)
    body = serializers.SlugRelatedField[Body](source="cause.body", slug_field="slug", read_only=True)
    proposal = serializers.IntegerField(source="cause.proposal_id", read_only=True, allow_null=True)
    mandate = serializers.IntegerField(source="cause.mandate_id", read_only=True, allow_null=True)

    class Meta:
        model = Notice
        fields: ClassVar = ["id", "what", "body", "proposal", "mandate", "at", "seen_at"]
