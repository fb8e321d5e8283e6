"""docs/security/data.md says of each kind of row how private it is."""

import re

from django.apps import apps

from house.places import CLONE

PAGE = CLONE / "docs" / "security" / "data.md"
OURS = ("core", "councils", "economics", "defense", "intelligence", "confederation")


def test_every_model_has_one_line_and_a_class_that_is_explained() -> None:
    text = PAGE.read_text()
    lines = re.findall(r"^\| `(\w+)` \| (\w+) \| [^|]+ \| [^|]+ \|$", text, re.M)
    classes = set(re.findall(r"^\| (\w+) \| [^|]+ \| [^|]+ \|$", text, re.M)) - {"class"}

    models = [model.__name__ for app in OURS for model in apps.get_app_config(app).get_models()]
    assert sorted(name for name, _class in lines) == sorted(models)
    assert {kind for _name, kind in lines} <= classes
