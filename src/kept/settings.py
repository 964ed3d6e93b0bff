"""Every setting, from the environment (docs/self-hosting.md); things a manager changes are rows with a page instead."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kept.lib import env

ROOT = Path(__file__).resolve().parent
DATA = Path(env.text("KEPT_DATA", "data")).absolute()
DEBUG = False
BASE_URL = env.web_address("KEPT_BASE_URL")
"""Empty: the address that `./kept run` wrote into its data folder."""
SMTP_URL = env.text("KEPT_SMTP_URL")
MAIL_DOMAIN = env.host_name("KEPT_MAIL_DOMAIN")
"""The right side of our Message-IDs; empty: that of the account's address."""


def _secret_key() -> str:
    key = env.text("KEPT_SECRET_KEY")
    file = DATA / "secret-key"
    if not key and file.is_file():
        key = file.read_text(encoding="utf-8").strip()
    if key and len(key) < 32:
        raise env.WrongSetting("KEPT_SECRET_KEY must have at least 32 characters.")
    return key


SECRET_KEY = _secret_key()
"""Empty only for commands that need none; `web`, `work`, `clock` and `mail` refuse without one."""

ALLOWED_HOSTS = env.host_names("KEPT_ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    if BASE_URL:
        ALLOWED_HOSTS.append(urlsplit(BASE_URL).hostname or "localhost")
    if bound := env.text("KEPT_BOUND_HOST"):
        ALLOWED_HOSTS.append(bound)
IS_HTTPS = BASE_URL.startswith("https://")
PRIVATE_HOSTS = [host.strip().lower() for host in env.text("KEPT_PRIVATE_HOSTS").split(",") if host.strip()]
"""Servers of our own network that Kept may fetch from, also without https; every other must be public."""
PAPER_FOLDERS = [one.strip() for one in env.text("KEPT_PAPER_FOLDERS").split(os.pathsep) if one.strip()]
"""Folders of this machine, beside our own, within which one may be watched for scans."""

INSTALLED_APPS = [
    "kept.apps.KeptConfig",
    "kept.channels.email.apps.EmailConfig",
    "kept.channels.webform.apps.WebformConfig",
    "kept.channels.good_word.apps.GoodWordConfig",
    "kept.channels.own_story.apps.OwnStoryConfig",
    "kept.channels.by_hand.apps.ByHandConfig",
    "kept.channels.paper.apps.PaperConfig",
    "kept.channels.program.apps.ProgramConfig",
    "kept.channels.survey.apps.SurveyConfig",
    "kept.channels.mastodon.apps.MastodonConfig",
    "kept.channels.bluesky.apps.BlueskyConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
CHANNELS = [
    "kept.channels.email.channel.EmailChannel",
    "kept.channels.webform.channel.WebformChannel",
    "kept.channels.good_word.channel.GoodWordChannel",
    "kept.channels.own_story.channel.OwnStoryChannel",
    "kept.channels.by_hand.channel.ByHandChannel",
    "kept.channels.paper.channel.PaperChannel",
    "kept.channels.program.channel.ProgramChannel",
    "kept.channels.survey.channel.SurveyChannel",
    "kept.channels.mastodon.channel.MastodonChannel",
    "kept.channels.bluesky.channel.BlueskyChannel",
]
IS_DEMO = env.truth("KEPT_DEMO", False)
"""The sample house: mail is read as ever, and whatever is sent goes nowhere; there is no way in that posts in public."""
if IS_DEMO:
    CHANNELS = ["kept.demo.post.PostToNowhere", *(one for one in CHANNELS[1:] if "mastodon" not in one and "bluesky" not in one)]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kept.web.refusing.RefusalMiddleware",
]
ROOT_URLCONF = "kept.urls"
WSGI_APPLICATION = "kept.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "kept.web.jinja.environment"},
    },
    {
        # Only for packages that bring their own pages; the engine above is asked first.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]


def _database(url: str) -> dict[str, object]:
    if not url:
        # docs/decisions/0002-sqlite.md: each of these was measured. ATOMIC_REQUESTS stays off: IMMEDIATE takes the write lock.
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "kept.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; "
                    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456"
                ),
            },
            "TEST": {"NAME": Path(os.environ.get("KEPT_TEST_FOLDER", ".")) / f"kept-test-{os.getpid()}.sqlite3"},
        }
    looks = "KEPT_DATABASE_URL must look like postgresql://user:password@host:5432/name"
    parts = env.address(url, looks=looks)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise env.WrongSetting(f"{looks}.")
    host = parts.hostname or unquote(parts.query.removeprefix("host=") if parts.query.startswith("host=") else "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": _database(env.text("KEPT_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "kept.Employee"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "kept.web.signing_in.OnlyInvited"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_TOTP_ISSUER = "Kept"

SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if IS_HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000
    CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 36 * 1024 * 1024
"""A little over the 35 MB of R1: what is larger was refused before."""
MAX_CONTACT_BYTES = 35 * 1024 * 1024

LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LANGUAGE_CODE = env.one_of("KEPT_LANGUAGE", "en", tuple(code for code, _name in LANGUAGES))
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / "web" / "static"]
TESTING = "pytest" in sys.modules
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
EMAIL_BACKEND = "kept.web.signing_in.ThroughTheHouse"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": env.one_of("KEPT_LOG_LEVEL", "WARNING", LEVELS)},
}
