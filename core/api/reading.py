"""One's reading key: whether there is one, and a new or another passphrase for it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.actions import reading_keys
from core.api.acting import taken, who
from core.api.taken import Shape
from core.forms.reading import LENGTH
from core.models import ReadingKey
from core.timekeeping import folkmoot_now


class ReadingKeyShown(serializers.Serializer[Any]):
    """One's key, as others may know it; nothing where there is none."""

    public = serializers.CharField(allow_null=True, help_text="The half that files are sealed to, in hex.")
    made_at = serializers.DateTimeField(allow_null=True)


class PassphraseTaken(Shape):
    """A reading passphrase: the first; another one, with the former; or a new key, for the passphrase is lost."""

    passphrase = serializers.CharField(max_length=LENGTH, trim_whitespace=False)
    former = serializers.CharField(max_length=LENGTH, trim_whitespace=False, required=False)
    lost = serializers.BooleanField(default=False, help_text="What was sealed to the old key stays shut at first.")


@extend_schema(operation_id="reading_key_read", responses=ReadingKeyShown, methods=["GET"])
@extend_schema(operation_id="reading_key_set", request=PassphraseTaken, responses=ReadingKeyShown, methods=["POST"])
@api_view(["GET", "HEAD", "POST"])
def reading_key(request: Request) -> Response:
    """One's key for sealed files. An `Idempotency-Key` is not kept here, for it would be kept beside a passphrase."""
    if request.method == "POST":
        set_passphrase(request)
    key = ReadingKey.objects.standing().filter(person=who(request)).first()
    return Response(ReadingKeyShown({"public": key and key.public, "made_at": key and key.made_at}).data)


def set_passphrase(request: Request) -> None:
    """Do what was asked with it."""
    given = taken(PassphraseTaken, request)
    if given["lost"]:
        reading_keys.begin_anew(who(request), given["passphrase"], at=folkmoot_now())
    elif "former" in given:
        reading_keys.change(who(request), given["former"], given["passphrase"])
    else:
        reading_keys.make(who(request), given["passphrase"], at=folkmoot_now())
