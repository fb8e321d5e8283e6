"""What the schema says of every call alike: the refusals. The framework reads this while its views load."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers


class RefusalShown(serializers.Serializer[Any]):
    """Why not, in a sentence."""

    detail = serializers.CharField()


READING = {
    "401": "Nobody is signed in, and no token that works was sent.",
    "404": "It is not there, or not for you to see.",
    "429": "Too much in too short a time; Retry-After says how many seconds to wait.",
}
ACTING = READING | {
    "403": "You may not do this now.",
    "409": "Not at this stage, too late, or something has changed meanwhile.",
    "410": "It has been used up.",
    "415": "Only JSON is taken.",
    "422": "What was sent cannot be taken.",
}


class HouseSchema(AutoSchema):
    """Adds to each call what it answers when it refuses, and to what is taken which fields stand for each other."""

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        either: Sequence[str] = getattr(serializer, "either", ())
        return schema | {"oneOf": [{"required": [name]} for name in either]} if either else schema

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        refusals = READING if self.method in {"GET", "HEAD"} else ACTING
        told = {
            code: self._told(OpenApiResponse(RefusalShown, words), code, direction) for code, words in refusals.items()
        }
        wrong = OpenApiResponse(OpenApiTypes.OBJECT, "A sentence per field that does not fit.")
        told["400"] = self._told(wrong, "400", direction)
        return dict(sorted((told | super()._get_response_bodies(direction)).items()))

    def _told(self, answer: OpenApiResponse, code: str, direction: Any) -> Any:
        return self._get_response_for_code(answer, code, direction=direction)  # type: ignore[no-untyped-call]
