"""The frame's own pages: the first address, all pages at once, search, the style guide, and errors."""

from django.utils.translation import gettext_lazy as _

from xunzhang.web.navigation import Item, Section, staff

MENU = (Item(Section.SYSTEM, 90, _("Style guide"), "palette", "shell:styleguide", allowed=staff),)
