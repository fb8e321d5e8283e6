"""python -m faults.make_town PEOPLE VOTES [mandate]: the town, in the house that the environment names."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from faults import town

    town.main()
