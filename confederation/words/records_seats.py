"""Lines of the record about seats in confederations, in plain words."""

from django.utils.translation import gettext_lazy as _

GROUP, LABEL = "confederation", _("Confederations")

SAYS = {
    "confederation.founded": _("This confederation was founded."),
    "confederation.joined": _("This body joined a confederation."),
    "confederation.took_in": _("A body joined this confederation."),
    "confederation.left": _("This body is no longer in a confederation."),
    "confederation.went": _("A body is no longer in this confederation."),
    "confederation.sent": _("A proposal was put up to send somebody to a confederation."),
}
