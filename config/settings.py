"""All settings, from the environment. `.env.example` lists every variable with its default; docs/operator.md explains them."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from . import postgres
from .floors import FLOORS

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool) -> bool:
    """A yes or no from the environment; anything but 1 or 0 is refused, because a typing error must not open a door."""
    value = os.environ.get(name, "1" if default else "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value == "1"


DATA_DIR = Path(os.environ.get("SETFAIR_DATA_DIR", BASE_DIR / "var")).resolve()
KEYS_DIR = Path(os.environ.get("SETFAIR_KEYS_DIR", DATA_DIR / "keys"))
ANCHORS = Path(os.environ.get("SETFAIR_ANCHORS") or DATA_DIR / "anchors" / "journal.log")
"""Where it is written down, outside the database, how far the journal had come."""

PUBLIC = flag("SETFAIR_PUBLIC", False)
"""True on a server that strangers reach: HTTPS everywhere, no mailbox page, no default secret."""

HOSTS = os.environ.get("SETFAIR_HOSTS", "localhost 127.0.0.1 [::1]").split()
FIRST_KEY = os.environ.get("SETFAIR_FIRST_KEY", "")
"""Opens the first run from elsewhere; each start makes and prints one."""

_secret = Path(os.environ.get("SETFAIR_SECRET_FILE", DATA_DIR / "secret.key"))
SECRET_KEY = _secret.read_text().strip() if _secret.exists() else ""
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured(f"There is no secret of 32 or more signs in {_secret}. `make run` and `make test` write one.")

DEBUG = False
ALLOWED_HOSTS = HOSTS
CSRF_TRUSTED_ORIGINS = os.environ.get("SETFAIR_ORIGINS", "").split()
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.asgi.pages"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_cotton",
    "csp",
    "setfair.accounts",  # before allauth, whose pages it dresses
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    *FLOORS,
    "procrastinate.contrib.django",  # after the floors: it reads their tasks, and forms with them, once fields speak our words
]

MIDDLEWARE = [
    "setfair.access.headers.SaidAlways",
    "django.middleware.security.SecurityMiddleware",
    "setfair.accounts.pace.EvenPace",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "setfair.access.stays.FormsOfThisStay",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "setfair.accounts.devices.Remembered",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "setfair.access.turned_away.TurnedAway",
    "allauth.account.middleware.AccountMiddleware",
    "setfair.access.shared.Shared",
    "setfair.access.middleware.FrontDoor",
    "setfair.access.exits.GoingAway",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "setfair.access.context.here",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "setfair.access.templatetags.forms",
            ],
        },
    }
]

DATABASES = {"default": postgres.django_database()}
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "setfair.accounts.passwords.NotEasilyGuessed"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "today", "front"
ACCOUNT_ADAPTER = "setfair.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "setfair.accounts.adapter.SecondStep"
MFA_TOTP_ISSUER = "Setfair"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC
USERSESSIONS_TRACK_ACTIVITY = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SETFAIR_PROXIES", "0"))

STAYS = {
    "staff": (30 * 60, 8 * 3600),
    "bearer": (10 * 60, 4 * 3600),
    "tablet": (10 * 60, 2 * 3600),
    "shared": (150, 3600),
    "writing": (510, 3600),
}
"""Seconds of (idle, whole stay) before someone has to come in again. Participants often share a device.
On one that is set up to be shared the page counts down to two minutes, or without a script, where
a request is written, to eight; the rest is for the line."""

SESSION_ENGINE = "setfair.vault.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
"""Not the cookie storage: a sentence for the next page may name somebody, and a cookie stays on a shared device."""
SESSION_COOKIE_NAME = "__Host-stay" if PUBLIC else "stay"
CSRF_COOKIE_NAME = "__Host-form" if PUBLIC else "form"
DEVICE_COOKIE_NAME = "__Host-device" if PUBLIC else "device"
KNOWN_COOKIE_NAME = "__Host-known" if PUBLIC else "known"
"""Only where staff signed in: by it a browser is known again, so that its owner is told of every other one. It opens nothing."""
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PUBLIC
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None
"""Neither of these two outlives the browser."""
SESSION_COOKIE_AGE = 8 * 3600
SECURE_HSTS_SECONDS = 31536000 if PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PUBLIC
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("SETFAIR_BEHIND_PROXY", False) else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "setfair.access.kept.on_forgery"
_self = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": _self,
        "style-src": _self,
        "img-src": _self,
        "font-src": _self,
        "connect-src": _self,
        "form-action": _self,
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": _self,
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
REQUEST_BYTES = 3 * 1024 * 1024
"""The most that one request may bring; it is held in memory."""
UPLOAD_BYTES = FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
"""The same where a file is taken in (`takes_a_file`): ten million and what stands around them. It is held in memory too."""
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
"""And no other: what is larger than fits in memory would be laid on the disk, unsealed."""
REQUEST_SECONDS = 60
"""The longest that it may take to arrive. Nobody else waits for it."""
UPLOAD_SECONDS = 180
"""The same for a file, which a phone sends slowly."""
REQUESTS_BYTES, UPLOADS_BYTES = 96 * 1024 * 1024, 44 * 1024 * 1024
"""The most that all requests under way may hold together. Files have a share of their own: they take no room from words."""
CLAMD = os.environ.get("SETFAIR_CLAMD", "")
"""Where ClamAV answers: the path of its socket, or `host:port`. Without one, what people send is for the team alone."""

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
if not PUBLIC:  # English in Arabic letters, to see every page from right to left; it is no translation (docs/translating.md)
    LANGUAGES += [("ar", "Arabic test")]
    LANG_INFO["ar"]["name_local"] = "Arabic test"
KNOWN_COOKIE_SECURE, KNOWN_COOKIE_HTTPONLY, KNOWN_COOKIE_SAMESITE = PUBLIC, True, "Lax"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = PUBLIC, True, "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_TZ, TIME_ZONE = True, "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = ["config.sheets.Finder", "django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = not STATIC_ROOT.exists()
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache", "OPTIONS": {"MAX_ENTRIES": 20_000}}}

MAIL_DOMAIN = os.environ.get("SETFAIR_MAIL_DOMAIN", "setfair.example")
DEFAULT_FROM_EMAIL = os.environ.get("SETFAIR_MAIL_FROM", f"messages@{MAIL_DOMAIN}")
OUTBOX_DIR = DATA_DIR / "letters"
"""Where letters go that leave over a file adapter: paper always, e-mail and SMS until a real way is set."""
EMAIL_HOST = os.environ.get("SETFAIR_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("SETFAIR_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("SETFAIR_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SETFAIR_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("SETFAIR_SMTP_TLS", True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "setfair.letters.outbox.EmailBackend"
SMS_CHANNEL = os.environ.get("SETFAIR_SMS", "file")
"""`file`, `console`, or the dotted name of a function that takes number, words and reference."""
REPLY_TO = os.environ.get("SETFAIR_REPLY_TO", "")
"""Where answers to e-mails go; each letter puts a sign of its own after a plus. Empty: to the sender."""
IMAP_HOST = os.environ.get("SETFAIR_IMAP_HOST", "")
IMAP_PORT = int(os.environ.get("SETFAIR_IMAP_PORT", "993"))
IMAP_USER = os.environ.get("SETFAIR_IMAP_USER", "")
IMAP_PASSWORD = os.environ.get("SETFAIR_IMAP_PASSWORD", "")
IMAP_FOLDER = os.environ.get("SETFAIR_IMAP_FOLDER", "INBOX")
IMAP_TLS = flag("SETFAIR_IMAP_TLS", True)
SMS_HOOK_SECRET = os.environ.get("SETFAIR_SMS_HOOK_SECRET", "")
"""What a provider of text messages shows when it brings an answer; without one of 24 signs or more there is no such address."""
INCOMING_PROGRAMME = os.environ.get("SETFAIR_INCOMING_PROGRAMME", "")
"""The address (slug) of the programme whose administrators look after what came in and fits nobody."""
SITE_ADDRESS = os.environ.get("SETFAIR_ADDRESS", f"http://localhost:{os.environ.get('PORT', '8000')}")

SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail is unique whatever its case, by a constraint
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "config.logs.RouteNames", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "setfair": {"level": "INFO"},
        "django": {"handlers": []},
        "django.request": {"level": "ERROR"},
        **{name: {"handlers": ["stderr"], "propagate": False} for name in ("django.server", "uvicorn", "uvicorn.access")},
        "uvicorn.error": {"handlers": [], "propagate": True},
    },
}
