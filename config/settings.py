"""Django's settings. What differs between houses comes from the environment: see .env.example."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from kombu import Queue

from config import environment, logs, schema
from config.static_headers import for_our_pages_only

django_stubs_ext.monkeypatch()  # ModelForm[Comment] and its like

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("FOLKMOOT_DATA", str(BASE_DIR / ".folkmoot"))).resolve()

# The house
DEBUG = environment.yes_no("FOLKMOOT_DEBUG", default=False)
DEMO = environment.yes_no("FOLKMOOT_DEMO", default=False)
SITE_ADDRESS = environment.address("FOLKMOOT_ADDRESS", "http://127.0.0.1:8000")
SITE_URL = SITE_ADDRESS.geturl()
SITE_IS_SECURE = SITE_ADDRESS.scheme == "https"
SECRET_KEY = environment.required(
    "SECRET_KEY",
    "./folkmoot run makes one; elsewhere set 50 random characters in .env.",
    placeholder="only-for-tools-that-serve-nobody",
)
SECRET_KEY_FALLBACKS = environment.listed("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = [str(SITE_ADDRESS.hostname), *environment.listed("ALLOWED_HOSTS")]
if SITE_ADDRESS.hostname in {"127.0.0.1", "localhost"}:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "template_partials",
    "pgtrigger",
    "csp",
    "councils",
    "economics",
    "defense",
    "intelligence",
    "confederation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # random padding against guessing by length (BREACH)
    "config.middleware.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.PrivacyHeadersMiddleware",
    "config.middleware.CallsByHttpsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.SessionAtMostMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.SignedOutMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "core.views._shell.shell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The database: the web role serves, the owner migrates, the signer signs. A statement that waits too long gives up with
# an error.
DATABASE_ROLE = environment.text("FOLKMOOT_DATABASE_ROLE", "web")
DATABASE_WEB_ROLE = environment.text("DATABASE_WEB_ROLE", "folkmoot_web")
DATABASE_SIGNER_ROLE = environment.text("DATABASE_SIGNER_ROLE", "folkmoot_signer")
_AS_OWNER = DATABASE_ROLE == "owner"
_ADDRESSES = {"owner": "DATABASE_OWNER_URL", "signer": "DATABASE_SIGNER_URL"}
_LIMITS = (
    "-c lock_timeout=10s -c synchronous_commit=off"  # migrations and the demo: begun anew if they are cut off
    if _AS_OWNER
    else "-c lock_timeout=3s -c statement_timeout=10s -c idle_in_transaction_session_timeout=5s"
    " -c idle_session_timeout=60s"  # a server process nobody needs gives its memory back; health checks connect anew
)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **environment.database(_ADDRESSES.get(DATABASE_ROLE, "DATABASE_URL")),
        "CONN_MAX_AGE": environment.whole("DATABASE_CONN_MAX_AGE", 600),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "tcp_user_timeout": 5000,
            "options": _LIMITS,
            # A statement that comes again is planned once for each connection: a page of many joins took PostgreSQL
            # longer to plan than to answer.
            "server_side_binding": True,
            "prepare_threshold": 3,
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The signer loads what it signs and nothing else; it alone reads its folder, the others only know its name.
if DATABASE_ROLE == "signer":
    INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "pgtrigger", "core"]
SIGNER_FOLDER = Path(environment.text("SIGNER_FOLDER", str(DATA_DIR / "signer"))).resolve()
SEALS_FOLDER = Path(environment.text("SEALS_FOLDER", str(DATA_DIR / "seals"))).resolve()
READING_KEY_COST = (131_072, 8)  # Argon2id: KiB and passes, most of a second (docs/sealed.md)

# Rate limits and other small things; in the database, so that a house without Redis has them too.
CACHES = {
    "default": {
        "BACKEND": "config.counting.CountingCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # beyond it each try clears away what is over
    }
}

# People
AUTH_USER_MODEL = "core.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "config.hashers.HouseArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("sign_in_name", "display_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "config.passwords.NotOurWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "core.adapters.AccountAdapter"
_FORMS = "core.forms.accounts"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignInForm",
    "signup": f"{_FORMS}.SignUpForm",
    "request_login_code": f"{_FORMS}.MailCodeForm",
    "confirm_login_code": f"{_FORMS}.SignInCodeForm",
    "add_email": f"{_FORMS}.AddressForm",
    "change_email": f"{_FORMS}.OtherAddressForm",
    "confirm_email_verification_code": f"{_FORMS}.AddressCodeForm",
    "reset_password": f"{_FORMS}.ForgottenPasswordForm",
    "confirm_password_reset_code": f"{_FORMS}.PasswordCodeForm",
    "reset_password_from_key": f"{_FORMS}.ReplacedPasswordForm",
    "change_password": f"{_FORMS}.NewPasswordForm",
    "set_password": f"{_FORMS}.FirstPasswordForm",
    "reauthenticate": f"{_FORMS}.AgainForm",
}
MFA_ADAPTER = "core.adapters.SecondProofAdapter"
MFA_FORMS = {
    "authenticate": f"{_FORMS}.DigitsForm",
    "reauthenticate": f"{_FORMS}.DigitsAgainForm",
    "activate_totp": f"{_FORMS}.AppForm",
    "add_webauthn": f"{_FORMS}.PasskeyForm",
    "edit_webauthn": f"{_FORMS}.PasskeyNameForm",
    "login_webauthn": f"{_FORMS}.WithPasskeyForm",
    "authenticate_webauthn": f"{_FORMS}.PasskeyProofForm",
    "reauthenticate_webauthn": f"{_FORMS}.PasskeyAgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PREVENT_ENUMERATION = "strict"  # nobody learns who has an account; who confirms an address first has it
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_ADDRESS.scheme
ACCOUNT_REAUTHENTICATION_REQUIRED = True
RATE_LIMITS = environment.yes_no("RATE_LIMITS", default=True)  # what is limited: core/limits.py
ACCOUNT_RATE_LIMITS: bool | dict[str, str] = RATE_LIMITS and {
    "login": "600/m/ip",  # a whole neighbourhood may sit behind one line; guessing is counted by the name
    "login_failed": "100/m/ip,5/300s/key",
    "signup": "300/h/ip",
    "reset_password": "100/m/ip,5/m/key",
    "request_login_code": "300/m/ip,3/m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Folkmoot"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_ADDRESS.hostname in {"127.0.0.1", "localhost"}
USERSESSIONS_TRACK_ACTIVITY = False  # reading never writes

# Sessions and cookies
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 30 * 24 * 3600
COOKIE_PREFIX = "__Host-" if SITE_IS_SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
READING_COOKIE_NAME = f"{COOKIE_PREFIX}reading"
READING_MINUTES = 15
MESSAGE_STORAGE = "config.flash.OurStorage"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SITE_IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"

# Headers
SECURE_SSL_REDIRECT = SITE_IS_SECURE and environment.yes_no("REDIRECT_TO_HTTPS", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^api/"]  # calls without https are refused: config.middleware
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if SITE_IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SITE_IS_SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = environment.yes_no("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # the caller's address is the last that X-Forwarded-For names, or none
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# What may be sent. Longest text plus room for its encoding; a larger body gets 413 or 400 before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["config.uploads.NoFilesHandler"]  # no form takes a file

# Words
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("TIME_ZONE", "UTC")

# Files of the pages
STATIC_URL = "static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(BASE_DIR / "static_built")))
STATICFILES_DIRS = [BASE_DIR / "static"]
_MANIFEST = environment.yes_no("STATIC_MANIFEST", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.static_files.HouseStaticFilesStorage"
        if _MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_ADD_HEADERS_FUNCTION = for_our_pages_only
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = not _MANIFEST
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "woff2", "map")

# Mail: by SMTP where there is a server, else into a folder
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("MAIL_FROM", f"Folkmoot <folkmoot@{SITE_ADDRESS.hostname}>")
EMAIL_HOST = environment.text("SMTP_HOST")
EMAIL_PORT = environment.whole("SMTP_PORT", 587, least=1)
EMAIL_HOST_USER = environment.text("SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("SMTP_PASSWORD")
EMAIL_USE_TLS = environment.yes_no("SMTP_STARTTLS", default=bool(EMAIL_HOST))
EMAIL_USE_SSL = environment.yes_no("SMTP_TLS", default=False)
if EMAIL_USE_SSL and EMAIL_USE_TLS:
    EMAIL_USE_TLS = False
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"

# The API
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "core.api.describing.HouseSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.api.authentication.BearerToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "core.api.authentication.MayAct",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["core.api.limiting.PerPerson"],
    "EXCEPTION_HANDLER": "core.api.acting.answer_refusal",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.acting.ShallowJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["core.api.asking.EachWordOnce"],
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS is refused like every method that is not used
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = schema.DESCRIBED

# The workers. A task is a wake-up; what must happen stands in the database, so a dead broker loses nothing.
CELERY_BROKER_URL = environment.text("BROKER_URL", "redis://127.0.0.1:6379/0")
CELERY_TASK_ALWAYS_EAGER = environment.yes_no("TASKS_EAGER", default=False)
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,  # a killed worker's tasks come back after this: longer than the longest task
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "unacked_restore_limit": 1000,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 0,  # nobody waits for a broker that is away; workers connect again by themselves
    "interval_start": 0,
}
CELERY_TIMEZONE = "UTC"
# A worker takes from all of these unless it is told which (docs/scaling.md): no news stands before a count.
CELERY_TASK_QUEUES = [Queue(name, routing_key=name) for name in ("celery", "referrals", "post")]
CELERY_TASK_ROUTES = {"confederation.tasks.*": {"queue": "referrals"}, "core.tasks.*": {"queue": "post"}}
# The settle loop does the same without a broker. A wake-up nobody took in time is dropped: the next one comes.
CELERY_BEAT_SCHEDULE = {
    "settle votes": {"task": "core.clock.settle_votes", "schedule": 10.0, "options": {"expires": 10}},
    "sweep the post": {"task": "core.clock.sweep_post", "schedule": 10.0, "options": {"expires": 10}},
    "hand out referrals": {"task": "confederation.clock.hand_out", "schedule": 10.0, "options": {"expires": 10}},
    "send digests": {"task": "core.clock.send_digests", "schedule": 60.0, "options": {"expires": 60}},
}

LOGGING = logs.configure(
    as_json=environment.yes_no("LOG_JSON", default=False), level=environment.text("LOG_LEVEL", "INFO")
)
