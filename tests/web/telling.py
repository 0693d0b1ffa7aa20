"""A company in the middle of its work, and browsers in which its people are signed in: fixtures to be imported."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests.web.story import NOW, Story, tell

from xunzhang.organisation.models import Person


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[Story]:
    """The story is told once for a file of tests, and forgotten after it."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("xunzhang.lib.clock._system_now", lambda: NOW)
        with transaction.atomic():
            yield tell()
            transaction.set_rollback(True)


@pytest.fixture
def story(told: Story, db: None, walked: Any) -> Story:
    """Ten days have gone by; it is Wednesday afternoon."""
    walked.walk_to(NOW)
    return told


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
