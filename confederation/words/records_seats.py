"""Lines of the record about seats in confederations, in plain words."""

from django.utils.translation import gettext_lazy as _

GROUP, LABEL = "confederation", _("Confederations")

SAYS = {
    "confederation.founded": _("This confederation was founded."),
    "confederation.joined": _("This body joined a confederation."),
    "confederation.took_in": _("A body joined this confederation."),
    "confederation.ceded": _("A matter was ceded to this confederation."),
}
