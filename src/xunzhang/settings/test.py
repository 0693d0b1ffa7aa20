"""Settings of the tests: fast hashing, files in a temporary directory, a missing template variable is seen."""

import os
import tempfile

os.environ.setdefault("XUNZHANG_DATA_DIR", tempfile.mkdtemp(prefix="xunzhang-tests-"))
os.environ.setdefault("XUNZHANG_SECRET_KEY", "only-for-tests")

from xunzhang.settings.demo import *  # noqa: F403

CLOCK_FILE = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_AUTOREFRESH = False
AXES_ENABLED = False
