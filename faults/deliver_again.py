"""python -m faults.deliver_again: publishes the latest tasks of a house five times more, as a broken broker would."""

import os

import django

TIMES = 5
LATEST = 20


def main() -> None:
    """Publish them."""
    from config.celery import app  # noqa: PLC0415  after django.setup
    from core.models import Cause, Notice  # noqa: PLC0415

    app.loader.import_default_modules()
    clocks = (
        "core.clock.settle_votes",
        "core.clock.sweep_post",
        "core.clock.send_digests",
        "confederation.clock.hand_out",
    )
    tasks: list[tuple[str, dict[str, int]]] = [(name, {}) for name in clocks]
    causes = Cause.objects.order_by("-pk").values_list("pk", flat=True)[:LATEST]
    notices = Notice.objects.order_by("-pk").values_list("pk", flat=True)[:LATEST]
    tasks += [("core.tasks.fan_out_cause", {"cause_id": key}) for key in causes]
    tasks += [("core.tasks.deliver_mail", {"notice_id": key}) for key in notices]
    for _time in range(TIMES):
        for name, words in tasks:
            app.tasks[name].apply_async(kwargs=words)
    print(f"{len(tasks)} tasks delivered {TIMES} times more")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
