"""What the API shows of councils and foundings: never more than their pages."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from councils.models import Board, CouncilProfile, Need
from councils.queries.boards import how_many_joined


class NeedShown(serializers.ModelSerializer[Need]):
    """A theme, and at how many doors it was heard."""

    class Meta:
        model = Need
        fields: ClassVar = ["theme", "doors"]


class BoardShown(serializers.ModelSerializer[Board]):
    """A founding board, without names."""

    catalyst = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    council = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True, allow_null=True)
    needs = serializers.SerializerMethodField()
    joined = serializers.SerializerMethodField()

    class Meta:
        model = Board
        fields: ClassVar = [
            "id",
            "catalyst",
            "council",
            "title",
            "stage",
            "doors",
            "needs",
            "joined",
            "opened_at",
            "ends_at",
            "extended_at",
            "assembly_at",
            "place",
            "agenda",
            "held_at",
            "others_came",
            "closed_at",
            "ending",
        ]

    @extend_schema_field(NeedShown(many=True))
    def get_needs(self, board: Board) -> Any:
        """What people need, the most heard first."""
        return NeedShown(board.needs.order_by("-doors", "theme"), many=True).data

    def get_joined(self, board: Board) -> int:
        """How many came in while the council was founded."""
        return how_many_joined(board)


class ProfileShown(serializers.ModelSerializer[CouncilProfile]):
    """Whom a council is for."""

    class Meta:
        model = CouncilProfile
        fields: ClassVar = ["scope", "affected", "size_hint", "languages", "habits", "in_force_at"]
