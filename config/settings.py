"""How Django is put together. What an operator decides is read in `config.environment`."""

from urllib.parse import urlsplit

import django_stubs_ext
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from amends.database.cluster import SUPERUSER, socket_dir
from config import environment, logs

django_stubs_ext.monkeypatch()

ENVIRONMENT = environment.read()
HOME = ENVIRONMENT.home
DEMO = ENVIRONMENT.demo
DEBUG = False

# --- applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
    "amends.journal",
    "amends.staff",
    "amends.people",
    "amends.standards",
    "amends.contacts",
    "amends.cases",
    "amends.coach",
    "amends.notices",
    "amends.learning",
    "amends.machine",
    "amends.jobs",
    "amends.imports",
    "amends.portal",
    "amends.web",
    # After ours, so that our templates come before theirs.
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "config.health.answer_probes",
    "config.protection.believe_only_trusted_proxies",
    "config.protection.turn_away_what_is_too_large",
    "django.middleware.security.SecurityMiddleware",
    "amends.web.http.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "amends.web.entry.reader.own_language",
    "amends.web.http.local_time",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "amends.web.http.vary_on_htmx",
    "amends.web.http.messages_with_parts",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amends.web.frame.frame",
            ]
        },
    }
]

# --- where people reach us, and how safely ----------------------------------------------------

BASE_ADDRESS = ENVIRONMENT.address
_OVER_TLS = BASE_ADDRESS.startswith("https://")
SECRET_KEY = ENVIRONMENT.secret_key.get_secret_value()
_before = ENVIRONMENT.secret_key_before.get_secret_value()
SECRET_KEY_FALLBACKS = [_before] if _before else []
ALLOWED_HOSTS = [str(urlsplit(BASE_ADDRESS).hostname), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_ADDRESS]
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
# Safe because `believe_only_trusted_proxies` removes the header when anybody else sends it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = _OVER_TLS
SECURE_HSTS_SECONDS = 31_536_000 if _OVER_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = _OVER_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _OVER_TLS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = _OVER_TLS
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
# More than all the files of one form together may have; the rest is turned away unread.
MOST_REQUEST_BYTES = 64 * 1024 * 1024

# --- database, sessions, files ----------------------------------------------------------------

_given = conninfo_to_dict(
    ENVIRONMENT.database_url.get_secret_value()
    if ENVIRONMENT.database_url
    else f"host='{socket_dir(HOME)}' user={SUPERUSER} dbname=amends"
)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _given.pop("dbname", ""),
        "USER": _given.pop("user", ""),
        "PASSWORD": _given.pop("password", ""),
        "HOST": _given.pop("host", ""),
        "PORT": _given.pop("port", ""),
        "OPTIONS": {"application_name": "amends", **_given},
        "CONN_MAX_AGE": 600,
        # A connection that the database cut while it was restarted is opened anew.
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Rate limits must hold in every process, so they are counted in the database.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Nobody makes room for more tries by trying from many places.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
BUNDLE_ROOT = HOME / "bundle"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "amends.web.bundle.Bundles",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "amends.web.bundle.Files"},
}
# Before `collectstatic` has run, files come from where they lie, under their plain names.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not (STATIC_ROOT / "staticfiles.json").exists()

# --- people and their languages ---------------------------------------------------------------

AUTH_USER_MODEL = "staff.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "amends.web.entry.accounts.Door"
ACCOUNT_FORMS = {
    "login": "amends.web.entry.forms.SignIn",
    "reset_password": "amends.web.entry.forms.ForgottenPassword",
    "reset_password_from_key": "amends.web.entry.forms.NewPassword",
    "change_password": "amends.web.entry.forms.ChangedPassword",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# Who asks about an address that is not ours learns nothing, and nobody gets a mail about it.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("ru", _("Russian")),
    ("pl", _("Polish")),
    ("sq", _("Albanian")),
    ("lt", _("Lithuanian")),
]
LOCALE_PATHS = [environment.ROOT / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- outgoing mail ----------------------------------------------------------------------------

EMAIL_HOST = ENVIRONMENT.smtp_host
EMAIL_PORT = ENVIRONMENT.smtp_port
EMAIL_HOST_USER = ENVIRONMENT.smtp_user
EMAIL_HOST_PASSWORD = ENVIRONMENT.smtp_password.get_secret_value()
EMAIL_USE_TLS = ENVIRONMENT.smtp_encryption is environment.Encryption.STARTTLS
EMAIL_USE_SSL = ENVIRONMENT.smtp_encryption is environment.Encryption.TLS
EMAIL_TIMEOUT = 30

# --- an outside language model, if the operator names one -------------------------------------

MODEL_ADDRESS = ENVIRONMENT.model_url
MODEL_KEY = ENVIRONMENT.model_key.get_secret_value()
MODEL_NAME = ENVIRONMENT.model_name
MODEL_SECONDS = ENVIRONMENT.model_seconds
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from or "amends@localhost"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_TAKES_PLUS = ENVIRONMENT.mail_takes_plus
MAIL_CHECKED_BY = ENVIRONMENT.mail_checked_by

# --- what is written to the log ---------------------------------------------------------------

LOGGING = logs.configure()
