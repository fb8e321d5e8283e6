"""python -m bench.inside MODULE.FUNCTION '{"words": ...}': calls it and says on the last line what it found."""

import json
import os
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    module, _, name = sys.argv[1].partition(".")
    found = getattr(import_module(f"bench.inside.{module}"), name)(**json.loads(sys.argv[2]))
    print(json.dumps(found))
