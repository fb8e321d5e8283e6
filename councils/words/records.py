"""Lines of the record about foundings and profiles, in plain words."""

from django.utils.translation import gettext_lazy as _

from core.words.rules import Words

GROUP = "founding"
LABEL = _("Founding")

SAYS: dict[str, Words] = {
    "board.opened": _("%(who)s opened a founding board."),
    "board.heard": _("%(who)s noted what people need, heard at %(doors)s doors."),
    "board.scoped": _("%(who)s said whom the council is for."),
    "board.invited": _("%(who)s made an invitation to the council."),
    "board.assembly_called": _("%(who)s called the first assembly of the council."),
    "board.assembly_held": _("%(who)s noted who came to the first assembly: %(came)s founding members."),
    "board.extended": _("The founding members made the founding longer."),
    "board.closed": _("The founding is over: %(ending)s."),
    "founding.more_time_asked": _("%(who)s asked for more time for the founding."),
    "founding.closed": _("The founding of this council is over: %(ending)s."),
    "group.invited": _("%(who)s invited a group already at work to form a body of its own."),
    "split.chosen": _("%(who)s chose one of the two councils that this one becomes."),
    "council.described": _("The council set whom it is for: up to %(size)s people."),
}
