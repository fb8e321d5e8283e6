"""What happened to an account: written with the change, told to its person by every way we know."""

from datetime import datetime

from django.db import transaction

from core import tasks
from core.locks import require_transaction
from core.models import AccountNews, Body, Person


def tell_person(
    person: Person,
    what: AccountNews.What,
    *,
    at: datetime,
    about: Person | None = None,
    body: Body | None = None,
    until: datetime | None = None,
) -> AccountNews:
    """Write a piece of news of an account, in this transaction; its mails leave after the commit."""
    require_transaction()
    news = AccountNews.objects.create(person=person, what=what, about=about, body=body, until=until, at=at)
    transaction.on_commit(lambda: tasks.wake(tasks.mail_account_news, news_id=news.pk))
    return news
