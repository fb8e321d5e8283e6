"""python -m faults.make_valley STREETS: a valley with a question before it, in the house that the environment names."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from faults import valley

    valley.main(int(sys.argv[1]))
