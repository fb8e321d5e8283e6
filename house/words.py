"""Builds the translations that Django reads (.mo) from those that people write (.po), without system tools."""

from pathlib import Path

from house.places import CLONE, say


def build(root: Path = CLONE) -> int:
    """Build each translation that is missing or older than its source. Returns how many were built."""
    built = 0
    for source in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        import polib  # noqa: PLC0415  only when there is something to build

        draft = target.with_suffix(".new")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(target)
        built += 1
    return built


if __name__ == "__main__":
    say(f"{build()} translations built.")
