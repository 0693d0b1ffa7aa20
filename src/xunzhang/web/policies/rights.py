"""Who may adopt."""

from django.core.exceptions import PermissionDenied

from xunzhang.web.request import Request


def may_adopt(request: Request) -> bool:
    """Whether somebody may adopt and withdraw policies."""
    return request.user.has_perm("policy.adopt")


def refuse_others(request: Request) -> None:
    """Forbid the page to whoever may not adopt."""
    if not may_adopt(request):
        raise PermissionDenied
