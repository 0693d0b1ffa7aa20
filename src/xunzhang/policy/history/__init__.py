"""The engine's memory in the database, as a unit of work."""

from xunzhang.policy.history.unit import LedgerHistory

__all__ = ["LedgerHistory"]
