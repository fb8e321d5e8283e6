"""docs/security/data.md says of each kind of row how private it is."""

import re

from django.apps import apps
from django.db.models import Model

from house.places import CLONE

PAGE = CLONE / "docs" / "security" / "data.md"
OURS = ("core", "councils", "economics", "defense", "intelligence", "confederation")


def models_of_ours() -> list[type[Model]]:
    """All that have rows of their own."""
    models = (model for app in OURS for model in apps.get_app_config(app).get_models())
    return [model for model in models if not model._meta.proxy]


def test_every_model_has_one_line_and_a_class_that_is_explained() -> None:
    text = PAGE.read_text()
    lines = re.findall(r"^\| `(\w+)` \| (\w+) \| [^|]+ \| [^|]+ \|$", text, re.M)
    classes = set(re.findall(r"^\| (\w+) \| [^|]+ \| [^|]+ \|$", text, re.M)) - {"class"}

    models = [model.__name__ for model in models_of_ours()]
    assert sorted(name for name, _class in lines) == sorted(models)
    assert {kind for _name, kind in lines} <= classes
