"""The pages of the customers: the list, one customer, what is done to them, import and export."""

from django.utils.translation import gettext_lazy as _

from xunzhang.web.customers.found import found_customers
from xunzhang.web.finding import Finder
from xunzhang.web.navigation import Item, Section

MENU = (
    Item(Section.CUSTOMERS, 10, _("Customers"), "building-2", "customers:list", tab=True),
    Item(Section.CUSTOMERS, 80, _("Import customers"), "file-up", "customers:imports"),
)
FINDERS = (Finder(_("Customers"), "building-2", found_customers),)
