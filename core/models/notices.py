"""The post: one outbox row per cause, one notice per cause and person."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .bodies import Application, Body
from .fields import LineField
from .mandates import Mandate
from .people import Person
from .proposals import Proposal


class Cause(models.Model):
    """Something people must hear of, written in the transaction in which it happened. News of a pillar, which has no
    column here for what it is about, brings its own title and path (core.notices.pillars).
    """

    class What(models.TextChoices):
        """The kinds of news."""

        PROPOSAL_OPEN = "proposal.discussion", _("a proposal to talk over")
        VOTE_OPENED = "vote.opened", _("a vote has opened")
        VOTE_REMINDER = "vote.reminder", _("a vote closes soon")
        SECRET_REMINDER = "vote.secret_reminder", _("a secret vote closes soon")
        PROPOSAL_CLOSED = "proposal.closed", _("a proposal was decided")
        ROUND_STARTED = "round.started", _("a round of talks has begun")
        SECOND_WANTED = "second.wanted", _("an urgent proposal wants seconds")
        COMMENT_REPLY = "comment.reply", _("somebody answered you")
        AMENDMENT_MADE = "amendment.made", _("somebody proposes other words")
        AMENDMENT_ANSWERED = "amendment.answered", _("your words were answered")
        BODY_AFFECTED = "body.affected", _("a proposal elsewhere affects your body")
        JOINT_ASKED = "joint.asked", _("a body asks to decide jointly")
        JOINT_ANSWERED = "joint.answered", _("your request to decide jointly was answered")
        CANDIDATES_WANTED = "election.put_up", _("an election wants candidates")
        CANDIDACY_PROPOSED = "candidacy.proposed", _("you are asked to stand")
        OFFER_MADE = "offer.made", _("you are asked to take a mandate")
        MANDATE_GRANTED = "mandate.granted", _("a mandate was granted")
        MANDATE_ENDED = "mandate.ended", _("a mandate has ended")
        RECALL_OPENED = "recall.opened", _("a recall was opened")
        REPORT_GIVEN = "report.given", _("a delegate reported")
        REPORT_DUE = "report.due", _("a report is due")
        TASK_GIVEN = "task.given", _("a task is yours")
        APPLICATION_MADE = "application.made", _("somebody asks to join")
        OBJECTIONS_OPEN = "application.objections", _("an admission is open to objections")
        MEMBER_JOINED = "member.joined", _("somebody joined")
        APPLICATION_REFUSED = "application.refused", _("you were not admitted")
        MEMBER_REMOVED = "member.removed", _("a member was removed")
        REMOVAL_PROPOSED = "removal.proposed", _("your removal was proposed")
        MERGING_ASKED = "merging.asked", _("somebody says that two accounts are theirs")
        MEMBER_MERGED = "member.merged", _("two accounts became one")
        RECOVERY_WAITS = "recovery.waits", _("a delegate's account is being recovered")
        RECOVERY_STOPPED = "recovery.stopped", _("the recovery of a delegate's account was stopped")
        LOAN_DUE = "loan.due", _("something borrowed is due back")
        STUDY_ANNOUNCED = "study.announced", _("a reading group or teach-in")
        STUDY_CALLED_OFF = "study.called_off", _("a reading group or teach-in was called off")
        EFFECT_FAILED = "effect.failed", _("a decision could not be carried out")
        VOTE_VOID = "vote.void", _("a vote begins anew")
        CHARTER_OBJECTED = "charter.objected", _("somebody objects to a draft")
        ASSEMBLY_CALLED = "founding.assembly", _("a first assembly is called")
        FOUNDING_OVER = "founding.over", _("a founding is over")
        BODY_ENDED = "body.ended", _("a body has ended")
        ACCORD_ASKED = "accord.asked", _("another body asks yours to decide alike")
        ACCORD_FELL = "accord.fell", _("what bodies were to decide alike came to nothing")
        BODIES_UNITED = "bodies.united", _("bodies have become one")
        HOST_ENDING = "host.ending", _("the host of your body is going to end")
        HOST_ENDED = "host.ended", _("the host of your body has ended")
        HOST_SET = "host.set", _("your body has a host, or hosts another")
        HOUSE_RESTORED = "house.restored", _("a backup was restored")
        BALLOT_ENTERED = "ballot.entered", _("a vote was entered for you")
        ENTERED_OVERRULED = "ballot.overruled", _("a vote that you entered does not count")
        CARD_GIVEN = "card.given", _("a new card was given to you")
        ENTERED_NOT_TAKEN = "ballot.not_taken", _("your own vote stands")

    key = models.CharField(max_length=100, unique=True)
    what = models.CharField(max_length=30, choices=What)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="causes")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="causes")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="causes")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, blank=True, related_name="causes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = LineField(max_length=120, blank=True, default="", db_default="")
    path = models.CharField(max_length=200, blank=True, default="", db_default="")
    at = models.DateTimeField()
    fanned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=Q(fanned_at__isnull=True), name="cause_waiting"),
        ]

    def __str__(self) -> str:
        return self.key


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Filters for notices."""

    def unseen(self) -> Self:
        """Not yet opened."""
        return self.filter(seen_at__isnull=True)


class Notice(models.Model):
    """News for one person: on the page once, by mail as that person wants it."""

    class Mail(models.TextChoices):
        """Whether a mail of its own is wanted."""

        NONE = "", _("none")
        DUE = "due", _("to be sent")
        DIGEST = "digest", _("in the next digest")
        SENT = "sent", _("sent")

    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=6, choices=Mail, default=Mail.NONE, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = NoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cause", "person"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(mail="sent", mailed_at__isnull=False) | (~Q(mail="sent") & Q(mailed_at__isnull=True)),
                name="notice_mailed_has_a_date",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at"], name="notice_of_person"),
            models.Index(fields=["at"], condition=Q(mail="due"), name="notice_mail_due"),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    @property
    def shown(self) -> bool:
        """Whether its reader may still read what it is about, where it was loaded by `with_cause`."""
        return bool(getattr(self, "readable", True))
