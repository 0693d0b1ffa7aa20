"""What a new version of a policy changes, in sentences that an approver can read."""

from __future__ import annotations

from xunzhang.law.amend.difference import Difference
from xunzhang.law.amend.document import document
from xunzhang.law.amend.rules import articles, rules
from xunzhang.law.text import Edition

__all__ = ["Difference", "differences"]


def differences(old: Edition, new: Edition) -> list[Difference]:
    """Everything that changes from one edition to another: the document, its articles, its rules."""
    return [*document(old, new), *articles(old, new), *rules(old, new)]
