"""Lines of the record about defence bodies, in plain words."""

from django.utils.translation import gettext_lazy as _

GROUP, LABEL = "defense", _("Defence bodies")

SAYS = {
    "defense.formed": _("A defence body was formed."),
    "code.adopted": _("Version %(number)s of a code of conduct was adopted."),
    "code.accepted": _("%(who)s accepted version %(number)s of a code of conduct."),
    "post.opened": _("A post was opened."),
    "post.closed": _("A post was closed."),
    "training.ordered": _("%(who)s trains again before a post counts: so a panel of the council has decided."),
    "training.attended": _("%(who)s wrote down who came to a training."),
}
