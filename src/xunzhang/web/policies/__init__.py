"""The pages of the policies: what governs, the document beside its rules, the shelf of packs, adoption."""

from django.utils.translation import gettext_lazy as _

from xunzhang.web.navigation import Item, Section

MENU = (
    Item(Section.POLICY, 10, _("Policies"), "scale", "policies:list"),
    Item(Section.POLICY, 20, _("Gallery"), "library", "policies:gallery"),
)
