"""Settings of the demonstration company: one machine, no HTTPS, a time that can be walked."""

from xunzhang.settings.base import *  # noqa: F403
from xunzhang.settings.base import DATA_DIR

CLOCK_FILE = DATA_DIR / "clock.json"

SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0

# Pages are served straight from the packages, so that nothing has to be collected first
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
