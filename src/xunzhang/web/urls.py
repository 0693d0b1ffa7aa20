"""The addresses of the face: each family stands under its own name, but for the shell, which has the short ones."""

from django.urls import URLResolver, include, path

from xunzhang.web.families import FAMILIES

# The families whose addresses begin otherwise than with their name
_PREFIXES = {"shell": "", "account": "", "work": "desk/"}

urlpatterns: list[URLResolver] = [
    path(_PREFIXES.get(family, f"{family}/"), include(f"xunzhang.web.{family}.urls"))
    for family in FAMILIES
]

handler400 = "xunzhang.web.shell.views.bad_request"
handler403 = "xunzhang.web.shell.views.forbidden"
handler404 = "xunzhang.web.shell.views.not_found"
handler500 = "xunzhang.web.shell.views.broken"
