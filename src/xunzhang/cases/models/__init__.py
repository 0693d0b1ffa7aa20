"""Cases, what was filed on them, and the files beside it."""

from xunzhang.cases.models.attachment import Attachment
from xunzhang.cases.models.case import Case, Involvement
from xunzhang.cases.models.filing import FormFiling
from xunzhang.cases.models.numbering import Numbering

__all__ = ["Attachment", "Case", "FormFiling", "Involvement", "Numbering"]
