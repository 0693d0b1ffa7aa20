"""Customers by a number: customer number, credit code, phone, a contact's mobile."""

from __future__ import annotations

import re

from django.db.models import Q

from xunzhang.customers.models import Contact, Customer
from xunzhang.lib.text import phone_key, tidy

NUMBER = re.compile(r"[+A-Za-z]{0,6}[-\s]?\d[\dA-Z\s-]{3,}")
MOST = 200
LAST_CHARACTER = "\U0010ffff"


def looks_like_number(text: str) -> bool:
    """Say whether the text is a number to look up rather than a name to search."""
    return NUMBER.fullmatch(tidy(text)) is not None


def with_number(text: str) -> list[int]:
    """Return customers whose customer number begins so, or whose phone or credit code is this."""
    code, phone = tidy(text).upper(), phone_key(text)
    tests = [Q(code__gte=code, code__lt=code + LAST_CHARACTER), Q(uscc=code)]
    if phone:
        tests.append(Q(phone=phone))
    found: set[int] = set()
    for test in tests:
        found.update(Customer.objects.filter(test).values_list("pk", flat=True)[:MOST])
    if phone:
        contacts = Contact.objects.filter(mobile=phone, removed_at__isnull=True)
        found.update(contacts.values_list("customer_id", flat=True)[:MOST])
    return sorted(found)
