"""The story of the pages, told once for a file of tests."""

from tests.web.telling import browser, story, told  # noqa: F401
