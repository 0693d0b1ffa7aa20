"""The pages of the organisation: people, departments, roles, delegation and calendars."""

from django.utils.translation import gettext_lazy as _

from xunzhang.web.finding import Finder
from xunzhang.web.navigation import Item, Section
from xunzhang.web.organisation.found import found_people

MENU = (
    Item(Section.ORGANISATION, 10, _("People"), "users", "organisation:people"),
    Item(Section.ORGANISATION, 20, _("Departments"), "network", "organisation:departments"),
    Item(Section.ORGANISATION, 30, _("Roles"), "id-card", "organisation:roles"),
    Item(Section.ORGANISATION, 40, _("Calendars"), "calendar-days", "organisation:calendars"),
)
FINDERS = (Finder(_("People"), "users", found_people),)
