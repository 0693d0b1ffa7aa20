"""A company in the middle of its work, and browsers in which its people are signed in."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.story import NOW, Story, tell

from xunzhang.organisation.models import Person


@pytest.fixture
def story(db: None, walked: "object") -> Story:
    """Ten days have gone by; it is Wednesday afternoon."""
    walked.walk_to(NOW)  # type: ignore[attr-defined]
    return tell()


@pytest.fixture
def browser(story: Story) -> Callable[[Person], Client]:
    """Sign somebody in."""

    def signs_in(person: Person) -> Client:
        client = Client()
        person.refresh_from_db()
        assert person.account is not None
        client.force_login(person.account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signs_in
