"""What an installation sets in its environment."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from xunzhang.settings import environment


def test_without_an_address_the_database_is_a_file_in_the_data_directory(tmp_path: Path):
    described = environment.database("", tmp_path)
    assert described["ENGINE"].endswith("sqlite3")
    assert described["NAME"] == str(tmp_path / "xunzhang.sqlite3")
    assert described["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgresql_address_with_special_characters(tmp_path: Path):
    described = environment.database("postgresql://crm:p%40ss@db.example.com:6432/crm", tmp_path)
    assert described["ENGINE"].endswith("postgresql")
    expected = {"USER": "crm", "PASSWORD": "p@ss", "HOST": "db.example.com", "PORT": "6432"}
    assert {name: described[name] for name in expected} == expected
    assert described["NAME"] == "crm"


def test_a_local_socket_needs_only_a_name(tmp_path: Path):
    described = environment.database("postgresql:///crm", tmp_path)
    assert (described["HOST"], described["NAME"]) == ("", "crm")


def test_an_unknown_database_is_refused_with_what_would_be_right(tmp_path: Path):
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        environment.database("mysql://localhost/crm", tmp_path)


def test_a_key_is_made_once_and_is_readable_by_its_owner_alone(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("XUNZHANG_SECRET_KEY", raising=False)
    first = environment.secret_key(tmp_path / "data")
    assert len(first) >= 50
    assert environment.secret_key(tmp_path / "data") == first
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("written", "meant"), [("1", True), ("yes", True), ("off", False), ("", False)]
)
def test_a_yes_or_no_in_several_spellings(written, meant, monkeypatch):
    monkeypatch.setenv("XUNZHANG_HTTPS", written)
    assert environment.flag("XUNZHANG_HTTPS", default=not meant) is meant


def test_what_cannot_be_read_names_the_variable(monkeypatch):
    monkeypatch.setenv("XUNZHANG_HTTPS", "maybe")
    monkeypatch.setenv("XUNZHANG_IDLE_MINUTES", "two hours")
    with pytest.raises(ImproperlyConfigured, match="XUNZHANG_HTTPS"):
        environment.flag("XUNZHANG_HTTPS", default=True)
    with pytest.raises(ImproperlyConfigured, match="XUNZHANG_IDLE_MINUTES"):
        environment.number("XUNZHANG_IDLE_MINUTES", 120)
