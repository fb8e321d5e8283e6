"""What the API shows of votes between several texts."""

from typing import ClassVar

from rest_framework import serializers

from core.models import Alternative


class AlternativeShown(serializers.ModelSerializer[Alternative]):
    """Another text in a vote; the proposal's own has the number 1."""

    amendment = serializers.IntegerField(source="amendment.number", read_only=True)

    class Meta:
        model = Alternative
        fields: ClassVar = ["number", "amendment", "text"]
