"""How a person is drawn: a disc with initials in a colour of its own."""

from zlib import crc32

HUES = 8


def initials(name: str) -> str:
    """One or two letters: the first of the first and of the last word that begin with a letter or digit."""
    firsts = [word[0] for word in name.split() if word[0].isalnum()]
    if not firsts:
        return name.strip()[:1] or "?"
    if len(firsts) == 1:
        return firsts[0].upper()
    return (firsts[0] + firsts[-1]).upper()


def hue(name: str) -> str:
    """A colour class that stays the same for the same name on every page and machine."""
    return f"hue-{crc32(name.casefold().encode()) % HUES}"
