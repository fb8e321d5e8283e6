"""News of accounts: what happened to somebody's own, in words, and mailed to every address known to be theirs."""

from collections.abc import Mapping
from types import MappingProxyType

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import AccountNews
from core.timekeeping import folkmoot_now

from .mails import absolute, alone
from .naming import address, name_of

ACCOUNT_LOCKS = 7005
"""First number of the advisory lock on a mail being sent; the second is the key of the news."""

What = AccountNews.What

SAID: Mapping[str, tuple[object, object]] = MappingProxyType(
    {
        What.FRIENDS_CHOSEN: (
            gettext_lazy("You have chosen friends"),
            gettext_lazy(
                "Two of the three can let you back in if you lose every way in. New ones count after 72 hours."
            ),
        ),
        What.CHOSEN_AS_FRIEND: (
            gettext_lazy("%(name)s counts on you"),
            gettext_lazy(
                "%(name)s has chosen you as a friend who can help them back in. If they ask you, make sure that it is "
                "them: meet them, or know their voice."
            ),
        ),
        What.RECOVERY_BEGUN: (
            gettext_lazy("%(name)s says that you want back in"),
            gettext_lazy(
                "If one more of your friends says so, your password is replaced. If you did not ask, stop it."
            ),
        ),
        What.RECOVERY_WAITS: (
            gettext_lazy("A new password waits"),
            gettext_lazy(
                "Somebody has shown that this account is theirs and set a new password. Because you hold a mandate it "
                "works after 72 hours only, and all who gave you one were told. If it was not you, stop it."
            ),
        ),
        What.RECOVERY_DONE: (
            gettext_lazy("Your new password works"),
            gettext_lazy(
                "All sign-ins, your card and your tokens have ended. If it was not you, talk to whoever runs the house."
            ),
        ),
        What.RECOVERY_STOPPED: (
            gettext_lazy("The new password was stopped"),
            gettext_lazy("Somebody who is signed in as you has stopped it. Your password is the one you had."),
        ),
        What.MERGING_ASKED: (
            gettext_lazy("%(name)s says that your account is theirs too"),
            gettext_lazy(
                "If two members of %(body)s vouch for it, your membership there ends after 72 hours. If you are two "
                "people, stop it on the page of the members."
            ),
        ),
    }
)


def words_of_account(news: AccountNews) -> tuple[str, str]:
    """Title and sentence, in the language that is active."""
    title, sentence = SAID[news.what]
    values = {"name": name_of(news.about), "body": news.body.name if news.body else ""}
    return str(title) % values, str(sentence) % values


def link_of_account(news: AccountNews) -> str:
    """Where one can do something about it."""
    if news.body is not None:
        return address("core:member-list", news.body.slug)
    return address("core:way-back")


def deliver(news_id: int) -> bool:
    """Mail one piece of news to all confirmed addresses of its person, who cannot switch that off (False: done).

    Raises what the mail server raises; it is tried again then, under the same Message-ID.
    """
    with alone(ACCOUNT_LOCKS, news_id) as mine:
        due = AccountNews.objects.filter(pk=news_id, mailed_at__isnull=True) if mine else AccountNews.objects.none()
        news = due.select_related("person", "about", "body").first()
        if news is None:
            return False
        confirmed = EmailAddress.objects.filter(user=news.person_id, verified=True)
        for number, to in enumerate(confirmed.order_by("pk").values_list("email", flat=True)):
            letter(news, to, number).send()
        AccountNews.objects.filter(pk=news_id).update(mailed_at=folkmoot_now())
        return True


def letter(news: AccountNews, to: str, number: int) -> EmailMessage:
    """The mail to one address, in the person's language."""
    with translation.override(news.person.language):
        title, sentence = words_of_account(news)
        content = {
            "person": news.person,
            "title": title,
            "sentence": sentence,
            "link": absolute(link_of_account(news)),
            "house": settings.SITE_URL,
        }
        return EmailMessage(
            subject=_("Your account: %(title)s") % {"title": " ".join(title.split())},
            body=render_to_string("mail/account.txt", content),
            to=[to],
            headers={
                "Message-ID": f"<account-{news.pk}-{number}@{settings.SITE_ADDRESS.hostname}>",
                "Auto-Submitted": "auto-generated",
            },
        )
