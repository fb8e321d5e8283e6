"""How a person is drawn: a disc with initials in a colour of its own."""

from zlib import crc32

from django.utils.translation import gettext as _

HUES = 8

# In this order: every Edge also says Chrome, every Chrome also says Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


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


def device(user_agent: str) -> str:
    """Browser and system as people call them, or that we do not know."""
    browser = next((name for sign, name in BROWSERS.items() if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown device")
