"""Settings. Every environment variable is read here and nowhere else."""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent.parent


def _text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def _list(name: str) -> list[str]:
    return [part.strip() for part in _text(name).split(",") if part.strip()]


# What programs that we start (pg_dump) find in their own environment.
PROCESS_ENVIRONMENT = dict(os.environ)
LIANBING_ENV = _text("LIANBING_ENV", "development")
if LIANBING_ENV not in {"development", "production"}:
    raise ImproperlyConfigured("LIANBING_ENV must be 'development' or 'production'.")
PRODUCTION = LIANBING_ENV == "production"
DEBUG = False

DATA_DIR = Path(_text("LIANBING_DATA_DIR", str(ROOT / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

BIND = _text("LIANBING_BIND", "127.0.0.1")
try:
    PORT = int(_text("PORT", "8000"))
except ValueError as error:
    raise ImproperlyConfigured("PORT must be a whole number.") from error


def _development_key() -> str:
    """A key made once and kept in the data folder, so that sessions outlive a restart."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


def _local_https() -> str:
    """The address `manage.py local_https` made a certificate for, or nothing."""
    path = DATA_DIR / "tls" / "address"
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def _shown_host() -> str:
    return "127.0.0.1" if BIND in {"0.0.0.0", "::", "::1", "localhost"} else BIND


LOCAL_HTTPS = _local_https()
SECRET_KEY = _text("LIANBING_SECRET_KEY")
PUBLIC_URL = _text("LIANBING_PUBLIC_URL").rstrip("/")
ALLOWED_HOSTS = _list("LIANBING_ALLOWED_HOSTS")
TRUSTED_PROXIES = _list("LIANBING_TRUSTED_PROXIES")
if PRODUCTION:
    missing = [
        name
        for name, value in (
            ("LIANBING_SECRET_KEY", SECRET_KEY),
            ("LIANBING_ALLOWED_HOSTS", ALLOWED_HOSTS),
            ("LIANBING_PUBLIC_URL", PUBLIC_URL),
        )
        if not value
    ]
    if missing:
        raise ImproperlyConfigured(f"In production these variables must be set: {', '.join(missing)}.")
else:
    SECRET_KEY = SECRET_KEY or _development_key()
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]", "testserver"]
    if BIND not in {"127.0.0.1", "::1", "localhost", "0.0.0.0", "::"}:
        ALLOWED_HOSTS.append(BIND)
    if LOCAL_HTTPS:
        ALLOWED_HOSTS.append(LOCAL_HTTPS)
    PUBLIC_URL = PUBLIC_URL or (
        f"https://{LOCAL_HTTPS}:{PORT}" if LOCAL_HTTPS else f"http://{_shown_host()}:{PORT}"
    )
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
try:
    # After so many minutes without a touch a lesson asks whether anybody is there (docs/reference/learning-time.md).
    LEARNING_IDLE_MINUTES = int(_text("LIANBING_LEARNING_IDLE_MINUTES", "5"))
except ValueError as error:
    raise ImproperlyConfigured("LIANBING_LEARNING_IDLE_MINUTES must be a whole number.") from error
if not 1 <= LEARNING_IDLE_MINUTES <= 60:
    raise ImproperlyConfigured("LIANBING_LEARNING_IDLE_MINUTES must be between 1 and 60.")

SITE_NAME = _("Lianbing")
ROOT_URLCONF = "lianbing.urls"
ASGI_APPLICATION = "lianbing.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "certificates",
    "certificates.ratings",
    "exams.contests",
    "exams",
    "courses.training",
    "courses.drills",
    "courses",
    "question_bank",
    "lianbing.library",
    "lianbing.home",
    "lianbing.people",
    "lianbing.kit",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "channels",
    "axes",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "lianbing.kit.headers.ContentPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "exams.middleware.SavePath",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lianbing.kit.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lianbing.people.middleware.AccessMiddleware",
    "lianbing.library.middleware.HandbookEditors",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "lianbing.home.context.site",
            ],
            "builtins": ["lianbing.kit.templatetags.face"],
        },
    }
]

_database_url = _text("DATABASE_URL")
if _database_url:
    DATABASES = {"default": dj_database_url.parse(_database_url, conn_max_age=None, conn_health_checks=True)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "lianbing.kit.sqlite",
            "NAME": str(DATA_DIR / "lianbing.sqlite3"),
            "CONN_MAX_AGE": None,
            # Said outright: pytest-django knows only Django's own SQLite backend by its name.
            "TEST": {"NAME": ":memory:"},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: a committed answer survives a power cut. No mmap_size: it broke WAL databases here.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    }

REDIS_URL = _text("REDIS_URL")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "lianbing.people.hashers.OneTimeCodeHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        # 0.5 rather than 0.7: a staff number written twice is 0.67 like itself.
        "OPTIONS": {"user_attributes": ("staff_number", "name"), "max_similarity": 0.5},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
# One exam room is one public address: a lock needs both the name and the address (a nested list means AND).
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# The default is the user model's own field, under which no failure would ever be counted for anybody.
AXES_USERNAME_FORM_FIELD = "username"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "people/locked_out.html"
AXES_VERBOSE = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PUBLIC_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
if PRODUCTION and PUBLIC_URL.startswith("https://"):
    # Behind a trusted proxy the door takes the scheme from its X-Forwarded-Proto (kit/server/environ.py).
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^trust/"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        # Old Safari takes 'self' for pages only, not for the WebSocket of the same host.
        "connect-src": ["'self'", f"ws{PUBLIC_URL.removeprefix('http')}"],
    },
}
# Wagtail's admin has two inline scripts and sets styles from script; its previews are frames of its own.
CMS_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "font-src": ["'self'", "data:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# The private halves of the keys that sign certificates; backups take the folder along.
CERTIFICATE_KEYS = DATA_DIR / "certificate-keys"
# Only the editor shows files by this address; what readers and learners see has addresses of its own.
MEDIA_URL = "/cms/media/"
MEDIA_ROOT = DATA_DIR / "media"
WHITENOISE_USE_FINDERS = not PRODUCTION
TESTING = "pytest" in sys.modules
if PRODUCTION:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
REQUEST_BODY_LIMIT = 200 * 1024 * 1024

WAGTAIL_SITE_NAME = "Lianbing"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Accounts and passwords are the people app's alone; see also lianbing/urls.py.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
# Compares texts as they are: Wagtail's full-text backends find no Chinese word of two characters
# (docs/decisions/0016). Its editor searches a few hundred titles; the library has an index of its own.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database.fallback"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "lianbing": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # A refused request is the product at work, not a fault of the server.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
    },
}
SECURE_HOST = urlsplit(PUBLIC_URL).hostname
