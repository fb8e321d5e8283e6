"""Lines of the record about what follows a decision of a confederation, in plain words."""

from django.utils.translation import gettext_lazy as _

GROUP, LABEL = "ratifying", _("Calling down, and the people's vote")

SAYS = {
    "referral.waits": _("%(title)s was adopted. It can be called down before it is in force."),
    "referral.called_down": _("The people decide about %(title)s."),
    "people.asked": _("All people of the bodies were asked about %(title)s."),
    "people.counted": _("The people's vote on %(title)s was counted."),
    "call.made": _("The body called a decision of a confederation down."),
    "confidence.withdrawn": _("The body withdrew its confidence in a mandate of a confederation."),
    "confidence.given_back": _("The body gave its confidence in a mandate of a confederation back."),
}
