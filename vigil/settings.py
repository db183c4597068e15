"""Settings, all from the environment. `manage.py check` names what is missing and the remedy.

Required: SECRET_KEY, DATABASE_URL, REDIS_URL. `make run` provides all three.
Optional: ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS, DEBUG, VIGIL_LOCAL, PUBLIC_URL, EMAIL_URL,
DEFAULT_FROM_EMAIL, TRUSTED_PROXIES, SECRET_KEY_FALLBACKS, ADMINS, JOB_LEASE, JOB_BELL, HEARTBEAT,
WEBHOOK_LOCAL.
"""

import os
from email.utils import getaddresses
from pathlib import Path

import environ
from celery.beat import BeatLazyFunc
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from vigil.beat import tick

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
# The arrays of the record are added up in steps too small to be shared: further threads would
# only wait for each other, and busily. numpy reads this once, when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

SECRET_KEY: str = env.str("SECRET_KEY", default="")
# Older keys, while the key is being changed: what was signed or encrypted with them stays good.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG: bool = env.bool("DEBUG", default=False)
# True on a developer's or analyst's own machine: plain http on the loopback address.
LOCAL: bool = env.bool("VIGIL_LOCAL", default=False)
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"] if LOCAL else []
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_URL: str = env.str("PUBLIC_URL", default="")

INSTALLED_APPS = [
    "accounts.admin_config.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "vigil",
    "core",
    "accounts",
    "sources",
    "regions",
    "actors",
    "incidents",
    "exchange",
    "reports",
]

MIDDLEWARE = [
    "core.room.RoomMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages hold no secret that compression could tell (BREACH): tokens of forms are masked anew.
    "compression_middleware.middleware.CompressionMiddleware",
    "core.edge.ValidatorMiddleware",
    "core.light.LightMiddleware",
    "core.offline.OfflineMiddleware",
    "core.edge.ApiEdgeMiddleware",
    "accounts.edge.DeskEdgeMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.idle.IdleMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "vigil.urls"
WSGI_APPLICATION = "vigil.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.light.reader",
            ],
        },
    }
]

_database = env.db("DATABASE_URL", default="postgresql://127.0.0.1/vigil")
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **_database.get("OPTIONS", {}),
            # At the default of 0.6 "tombouktou" would not find Tombouctou.
            "options": "-c pg_trgm.word_similarity_threshold=0.4",
        },
    }
}

REDIS_URL: str = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
    }
}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 1500
# The hard time limit stays below the visibility timeout; without the last two a task of a killed
# worker comes back only after about 105 s.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
# A worker that says nothing for so many seconds has lost its job to the next one.
JOB_LEASE: int = env.int("JOB_LEASE", default=120)
# Seconds between two rounds of the bell, and between two signs of life of worker and beat.
JOB_BELL: float = env.float("JOB_BELL", default=15.0)
HEARTBEAT: float = env.float("HEARTBEAT", default=30.0)
# Each worker asks itself for a sign of life through a queue of its own (vigil.pulse).
CELERY_WORKER_DIRECT = True
CELERY_BEAT_SCHEDULE = {
    # Bells and a sign of life, nothing more: schedules and jobs are rows.
    "ring-due-jobs": {"task": "reports.ring_due_jobs", "schedule": JOB_BELL},
    "beat-lives": {
        "task": "reports.beat_lives",
        "schedule": HEARTBEAT,
        "kwargs": {"beat": BeatLazyFunc(tick)},
        "options": {"expires": 2 * HEARTBEAT},
    },
    "plan-due-reports": {"task": "reports.plan_due_reports", "schedule": 4 * JOB_BELL},
    "plan-delivery": {"task": "reports.plan_delivery", "schedule": 60.0},
    "tidy-delivery": {"task": "reports.tidy_delivery", "schedule": 3600.0},
}

# A body with all states of Africa and their past standings is one form of some 1,500 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [p for p in (BASE_DIR / "static", BASE_DIR / "build") if p.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "vigil.static_files.HashedFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG

# New passwords are Argon2id; older ones are read, and stored anew at the next sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Signing in (accounts.sign_in, accounts.second_factor): by invitation only, all below /desk/.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.sign_in.DeskAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
MFA_FORMS = {"add_webauthn": "accounts.forms.AddKeyForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reaches its address, which verifies it
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Vigil: "
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if LOCAL else "https"
# The key of a failed sign-in is account and address together (accounts.sign_in): whoever guesses
# at a name from elsewhere keeps only himself out.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/300s/key"}
MFA_ADAPTER = "accounts.second_factor.DeskMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Vigil"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXIES", default=0 if LOCAL else 1)
SESSION_COOKIE_AGE = 12 * 3600
# Editors and above are signed out after so many seconds without activity at the desk.
DESK_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_NAME = "sessionid" if LOCAL else "__Host-sessionid"

_mail = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND: str = _mail["EMAIL_BACKEND"]
EMAIL_HOST: str = _mail["EMAIL_HOST"] or "localhost"
EMAIL_PORT: int = _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER: str = _mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD: str = _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS: bool = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH: str = _mail.get("EMAIL_FILE_PATH", "")
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="vigil@localhost")
# Webhooks on the developer's own machine, over http; refused by a system check anywhere else.
WEBHOOK_LOCAL: bool = env.bool("WEBHOOK_LOCAL", default=False)
# Who gets alarms and errors: addresses with commas between, `Ada <ada@example.org>` or plain.
ADMINS: list[tuple[str, str]] = getaddresses([env.str("ADMINS", default="")])
ADMINS = [(name, address) for name, address in ADMINS if "@" in address]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = "Vigil: "

SECURE_SSL_REDIRECT = not LOCAL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if not LOCAL else None
SESSION_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_SECURE = not LOCAL
LANGUAGE_COOKIE_SECURE = not LOCAL
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "core.schema.ProblemAutoSchema",
    "EXCEPTION_HANDLER": "core.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Vigil API",
    "DESCRIPTION": "Published incidents of extremist violence in Africa, with their sources.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "APPEND_COMPONENTS": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    # Choices stay where they are used: one word often has several vocabularies.
    "POSTPROCESSING_HOOKS": [],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"vigil": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
