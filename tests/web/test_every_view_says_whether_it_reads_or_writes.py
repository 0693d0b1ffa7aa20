"""No view is bare: each is declared to read or to write, and what reads cannot write."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver

from xunzhang.organisation.models import Department
from xunzhang.web import urls
from xunzhang.web.readonly import WroteWhileReading, changed_table, only_reading


def views(resolver: URLResolver) -> Iterator[tuple[str, object]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield str(each.pattern), each.callback
        else:
            yield from views(each)


def test_every_view_of_the_face_is_declared():
    bare = [
        address
        for family in urls.urlpatterns
        for address, view in views(family)
        if getattr(view, "kind", None) not in {"reads", "writes"}
    ]
    assert bare == []


def test_the_face_is_part_of_the_product():
    assert set(urls.urlpatterns) <= set(get_resolver().url_patterns) or any(
        getattr(each, "url_patterns", None) == urls.urlpatterns
        for each in get_resolver().url_patterns
    )


@pytest.mark.django_db
def test_a_reading_view_that_saves_is_stopped(shop: Department):
    refused = pytest.raises(WroteWhileReading, match="organisation_department")
    with only_reading(), refused, transaction.atomic():
        shop.save()
    shop.save()


@pytest.mark.django_db
def test_a_reading_view_may_read_and_its_session_may_be_kept(client):
    with only_reading():
        assert Department.objects.count() == 0
        session = client.session
        session["seen"] = True
        session.save()


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ('UPDATE "organisation_person" SET "name" = %s', "organisation_person"),
        ('INSERT INTO "policy_event" ("type") VALUES (%s)', "policy_event"),
        ('INSERT OR IGNORE INTO "policy_event" VALUES (1)', "policy_event"),
        (
            'WITH gone AS (DELETE FROM "policy_event" RETURNING 1) SELECT * FROM gone',
            "policy_event",
        ),
        ("TRUNCATE policy_event", "policy_event"),
        ('DELETE FROM "django_session" WHERE 1', None),
        ("SELECT 'DELETE FROM policy_event'", None),
        ('SELECT 1 FROM "policy_event" FOR UPDATE OF "policy_event"', None),
        ('SAVEPOINT "x1"', None),
    ],
)
def test_statements_are_told_apart(sql, table):
    assert changed_table(sql) == table


def test_the_guard_is_gone_after_the_view():
    before = len(connection.execute_wrappers)
    with only_reading():
        assert len(connection.execute_wrappers) == before + 1
    assert len(connection.execute_wrappers) == before
