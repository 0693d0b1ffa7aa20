"""The pages of cases: complaints and everything else that goes through a process, and the forms of the policies."""

from django.utils.translation import gettext_lazy as _

from xunzhang.web.cases.found import found_cases
from xunzhang.web.finding import Finder
from xunzhang.web.navigation import Item, Section

MENU = (
    Item(
        Section.SERVICE,
        10,
        _("Complaints and cases"),
        "message-square-warning",
        "cases:list",
        tab=True,
    ),
    Item(Section.SERVICE, 20, _("Forms"), "clipboard-list", "cases:forms"),
)
FINDERS = (Finder(_("Cases"), "message-square-warning", found_cases),)
