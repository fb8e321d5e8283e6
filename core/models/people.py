"""People: one row per person who can sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .fields import LineField


class PersonManager(BaseUserManager["Person"]):
    """Makes people; there are no superusers: operators have commands, people have pages."""

    def create_user(
        self, sign_in_name: str, password: str | None = None, *, display_name: str = "", email: str | None = None
    ) -> "Person":
        """A person who signs in with a password; without one only by card, mail code or passkey."""
        person = self.model(
            sign_in_name=sign_in_name.lower(), display_name=display_name or sign_in_name, email=email or None
        )
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Sign-in names ignore case."""
        return self.get(sign_in_name__iexact=username)


class Person(AbstractBaseUser):
    """A neighbour. The display name may be a pseudonym, the e-mail address is optional."""

    class Mail(models.TextChoices):
        """How often a person wants mail."""

        EACH = "each", _("Each notice as a mail")
        DIGEST = "digest", _("One mail a day, with what needs you on top")
        NONE = "none", _("No mail")

    class Theme(models.TextChoices):
        """Which colours a person wants."""

        SYSTEM = "system", _("As my device has it")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    sign_in_name = models.CharField(
        _("sign-in name"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z", _("Use small letters, digits, dots and dashes."))],
    )
    display_name = LineField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail address"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    mail = models.CharField(_("mail"), max_length=6, choices=Mail, default=Mail.DIGEST)
    theme = models.CharField(_("colours"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)
    digested_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        # A large body's members are listed by their names: without this, all are read and sorted for each page.
        indexes: ClassVar = [models.Index(fields=["display_name"], name="person_by_name")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(display_name=""), name="person_has_a_name"),
            models.CheckConstraint(condition=~Q(email=""), name="person_email_or_none"),
            models.CheckConstraint(condition=Q(mail__in=["each", "digest", "none"]), name="person_mail_known"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(is_active=False), name="person_who_left_cannot_sign_in"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class SignInCard(models.Model):
    """A printed card: a code that works once and sets the person's own PIN; then name and PIN sign in."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="card")
    code_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=200, blank=True)
    printed_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, pin_hash="") | (Q(used_at__isnull=False) & ~Q(pin_hash="")),
                name="card_used_when_pin_is_set",
            )
        ]

    def __str__(self) -> str:
        return f"card of {self.person_id}"


class ApiToken(models.Model):
    """A token of one person for the API; only its hash is kept."""

    class Scope(models.TextChoices):
        """What a token may do."""

        READ = "read", _("Read")
        ACT = "act", _("Read and act")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = LineField(_("what it is for"), max_length=60)
    scope = models.CharField(_("what it may do"), max_length=4, choices=Scope, default=Scope.READ)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(scope__in=["read", "act"]), name="token_scope_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="token_expires_later"),
        ]

    def __str__(self) -> str:
        return self.name


class DoneOnce(models.Model):
    """A form or API call that was carried out: sending it again has no second effect (invariant 16)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    result = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="done_once")]

    def __str__(self) -> str:
        return self.key
