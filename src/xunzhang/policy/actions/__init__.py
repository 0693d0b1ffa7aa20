"""The verbs of the policy: record, require, tick, adopt, and what people do with what follows."""

from xunzhang.policy.actions.asking import may, require
from xunzhang.policy.actions.recording import record, record_many

__all__ = ["may", "record", "record_many", "require"]
