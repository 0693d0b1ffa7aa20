"""Every no of the product: a stable code, a sentence, the articles it rests on, and the values it counted.

One shape in JSON, one banner on a page, one exit code on the command line. Codes are kebab-case and are
told in docs/errors.md.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from typing_extensions import override

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Refusal(Exception):
    """What could not be done, and why; `citations` are the articles, as values that JSON can carry."""

    def __init__(
        self,
        code: str,
        message: "StrOrPromise",
        *,
        citations: Sequence[Any] = (),
        values: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.citations = list(citations)
        self.values = dict(values or {})

    @override
    def __str__(self) -> str:
        return str(self.message)

    def as_json(self) -> dict[str, Any]:
        """Return the one shape in which a refusal crosses to a program."""
        return {
            "code": self.code,
            "message": str(self.message),
            "citations": self.citations,
            "values": self.values,
        }


class Refused(Refusal):
    """The policy, or a plain fact, forbids it."""


class NeedsApproval(Refusal):
    """It may be done once somebody has approved; the values name the request."""


class Conflict(Refusal):
    """Somebody else's change stands in the way."""


class StaleRevision(Conflict):
    """The record was changed since it was read: `values` hold the revision that was read and the one that stands."""

    def __init__(self, *, read: int, stands: int, values: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            "stale-revision",
            _(
                "Somebody changed this after you opened it. Look at what stands now, then change it again."
            ),
            values={**(values or {}), "read": read, "stands": stands},
        )


class Invalid(Refusal):
    """Something entered cannot be kept; `fields` tells for each field what would be right ("" is the whole)."""

    def __init__(
        self,
        fields: Mapping[str, Sequence["StrOrPromise"]],
        *,
        code: str = "invalid",
        message: "StrOrPromise | None" = None,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        count = len(fields)
        sentence = ngettext(
            "%(count)d field needs another look.", "%(count)d fields need another look.", count
        )
        super().__init__(code, message or sentence % {"count": count}, values=values)
        self.fields = {name: [str(line) for line in lines] for name, lines in fields.items()}

    @override
    def as_json(self) -> dict[str, Any]:
        """Return the one shape, with the fields beside it."""
        return {**super().as_json(), "fields": self.fields}
