"""Long texts are said in plain words before they go to a vote."""

from core.models import Proposal, Summary, TextVersion
from core.queries.remembering import remembered
from core.rules.passages import is_long


def newest_text(proposal: Proposal) -> TextVersion:
    """The newest version of a text, with who wrote it. One statement, and one only while a page is put together."""
    versions = proposal.texts.select_related("author").order_by("-number")
    return remembered(("newest text", proposal.pk), lambda: versions[0])


def has_plain_words(proposal: Proposal) -> bool:
    """Whether somebody has said in plain words what the text says."""
    plain = proposal.summaries.filter(of=Summary.Of.TEXT)
    return remembered(("plain words", proposal.pk), plain.exists)


def wants_plain_words(proposal: Proposal) -> bool:
    """Whether the text is so long that it cannot go to a vote before somebody has said it in plain words."""
    return is_long(newest_text(proposal).text) and not has_plain_words(proposal)
