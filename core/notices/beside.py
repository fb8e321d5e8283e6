"""The words of the news beside proposals and mandates: accounts, lending, learning together."""

from django.utils.translation import gettext as _

from core.models import Cause, Person

from .naming import mandate_of, name_of


def merging_asked(cause: Cause, reader: Person) -> tuple[str, str]:
    """Somebody says that two accounts are theirs."""
    title = _("Two accounts, one person? %(name)s") % {"name": name_of(cause.by)}
    if cause.person_id == reader.pk:
        return title, _("%(name)s says that your account in %(body)s is theirs too. If it is not, stop it there.") % {
            "name": name_of(cause.by),
            "body": cause.body.name,
        }
    return title, _("%(name)s says that the account of %(other)s is theirs too. If you know it, vouch for it.") % {
        "name": name_of(cause.by),
        "other": name_of(cause.person),
    }


def member_merged(cause: Cause, _reader: Person) -> tuple[str, str]:
    """Two accounts became one."""
    return cause.body.name, _("The accounts of %(other)s and %(name)s are one person's. Only %(name)s goes on.") % {
        "other": name_of(cause.by),
        "name": name_of(cause.person),
    }


def recovery_waits(cause: Cause, _reader: Person) -> tuple[str, str]:
    """A delegate's account is being recovered."""
    title = _("A new password for %(name)s") % {"name": name_of(cause.person)}
    return title, _(
        "Somebody is recovering the account of %(name)s, who holds the mandate %(mandate)s. It takes 72 hours. If you "
        "can, ask %(name)s whether it is them."
    ) % {"name": name_of(cause.person), "mandate": mandate_of(cause)}


def recovery_stopped(cause: Cause, _reader: Person) -> tuple[str, str]:
    """The recovery of a delegate's account was stopped."""
    title = _("A new password for %(name)s") % {"name": name_of(cause.person)}
    return title, _("It was stopped from a place where %(name)s is signed in. Nothing has changed.") % {
        "name": name_of(cause.person)
    }


def loan_due(cause: Cause, _reader: Person) -> tuple[str, str]:
    """Something borrowed is due back."""
    return _("To bring back"), _(
        "Something you borrowed from the library of %(body)s is due back. Somebody may be waiting for it."
    ) % {"body": cause.body.name}


def study_announced(cause: Cause, _reader: Person) -> tuple[str, str]:
    """There is something to learn together."""
    return _("Learning together"), _("%(name)s invites you in %(body)s. Look when and where, and take a place.") % {
        "name": name_of(cause.by),
        "body": cause.body.name,
    }


def study_called_off(cause: Cause, _reader: Person) -> tuple[str, str]:
    """It does not take place."""
    return _("Called off"), _("%(name)s has called off a date in %(body)s. Look what takes place.") % {
        "name": name_of(cause.by),
        "body": cause.body.name,
    }
