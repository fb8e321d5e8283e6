"""Lines of the record about referrals, in plain words."""

from django.utils.translation import gettext_lazy as _

GROUP, LABEL = "referrals", _("Questions of confederations")

SAYS = {
    "referral.forwarded": _("%(title)s was put before a confederation."),
    "referral.asked": _("All bodies were asked about %(title)s."),
    "referral.counted": _("What the bodies say was counted."),
    "referral.spoken": _("Somebody from below spoke about %(title)s."),
    "position.own_word": _("The body decided what it says above: %(title)s."),
    "position.deviated": _("%(who)s said something else above than the body had decided."),
    "matter.ceded": _("A matter was ceded to the confederation."),
    "matter.taken_back": _("A matter was taken back from the confederation."),
}
