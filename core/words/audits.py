"""Lines of the record about audits and hosting, in plain words."""

from django.utils.translation import gettext_lazy as _

GROUP, LABEL = "audits", _("Audits")

SAYS = {
    "audit.begun": _("An audit began."),
    "audit.read": _("The auditor read something."),
    "finding.made": _("The auditor wrote down a finding."),
    "finding.answered": _("A finding of the audit was answered."),
    "recognition.withdrawn": _("A body that answered to this one is no longer recognised."),
    "recognition.lost": _("The host no longer recognises the body."),
}
