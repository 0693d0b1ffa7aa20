"""Adopting a pack or a file as an edition, and ending one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.law.loader import load, pack_file
from xunzhang.law.problems import Problem
from xunzhang.law.source import MAX_BYTES
from xunzhang.law.text import Edition, say
from xunzhang.organisation import queries as organisation
from xunzhang.policy import actions as policy
from xunzhang.web.policies import said
from xunzhang.web.policies.standing import standing_of
from xunzhang.web.request import Request
from xunzhang.web.views import writes


def may_adopt(request: Request) -> bool:
    """Whether somebody may adopt and withdraw policies."""
    return request.user.has_perm("policy.adopt")


def refuse_others(request: Request) -> None:
    """Forbid the page to whoever may not adopt."""
    if not may_adopt(request):
        raise PermissionDenied


def missing_roles(edition: Edition) -> list[str]:
    """The roles of a policy that nobody holds."""
    directory = organisation.directory()
    return [role for role in edition.roles if not directory.holders(role)]


@writes()
def adopt_pack(request: Request, code: str) -> HttpResponse:
    """Adopt a shipped pack as it stands."""
    refuse_others(request)
    path = pack_file(code)
    if path is None:
        raise Http404
    if request.method != "POST":
        return redirect("policies:pack", code)
    return _adopt(request, path.read_text(encoding="utf-8"), f"{code}.yaml")


class PolicyFile(forms.Form):
    """A policy of the company's own."""

    file = forms.FileField(
        label=gettext_lazy("Policy file"),
        help_text=gettext_lazy(
            "A YAML file of the policy language; `xunzhang packs copy` gives one to begin with."
        ),
    )


@writes()
def adopt_file(request: Request) -> HttpResponse:
    """Check a policy file and adopt it; everything wrong with it is shown at once."""
    refuse_others(request)
    form = PolicyFile(request.POST or None, request.FILES or None)
    problems: list[dict[str, object]] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        data = upload.read(MAX_BYTES + 1)
        edition, found = load(data, str(upload.name))
        problems = [_told(one) for one in found]
        if edition is not None:
            return _adopt(request, data.decode("utf-8-sig"), str(upload.name))
        form.add_error("file", _("The policy has errors; it takes effect only when none is left."))
    status = 422 if form.errors else 200
    return render(
        request, "policies/adopt.html", {"form": form, "problems": problems}, status=status
    )


def _told(problem: Problem) -> dict[str, object]:
    words = problem.en if said.language() == "en" else problem.zh
    return {
        "line": problem.line,
        "column": problem.column,
        "words": words,
        "code": problem.code,
        "warning": problem.warning,
    }


def _adopt(request: Request, source: str, file: str) -> HttpResponse:
    row = policy.adopt_edition(source=source, file=file, by=request.by, at=request.at)
    edition, _problems = load(source, file)
    messages.success(
        request, _("“%(title)s” is adopted.") % {"title": say(row.title, said.language())}
    )
    vacant = missing_roles(edition) if edition is not None else []
    if vacant:
        messages.warning(
            request,
            _("Nobody holds: %(roles)s. Give the roles to people, or their duties reach nobody.")
            % {"roles": "、".join(vacant)},
        )
    return redirect("policies:edition", row.policy, row.version)


class Withdrawal(forms.Form):
    """Why an edition ends."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


@writes()
def withdraw(request: Request, code: str, version: str) -> HttpResponse:
    """End an edition; what is open under it runs on."""
    refuse_others(request)
    row = standing_of(code, version, request.at.date())
    if row is None:
        raise Http404
    form = Withdrawal(request.POST or None)
    if request.method == "POST" and form.is_valid():
        policy.withdraw_edition(
            edition=row.pk, by=request.by, at=request.at, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("The edition is withdrawn; what it opened runs on."))
        return redirect("policies:list")
    return render(
        request,
        "policies/withdraw.html",
        {"form": form, "row": row},
        status=422 if form.errors else 200,
    )
