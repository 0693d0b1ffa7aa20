"""A file brought for adoption, a draft dropped, an edition ended."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.law.calendar import company_time
from xunzhang.law.problems import Problem
from xunzhang.law.source import MAX_BYTES
from xunzhang.policy import actions as policy
from xunzhang.policy.queries.editions import read_beside
from xunzhang.web.policies import said
from xunzhang.web.policies.chosen import address
from xunzhang.web.policies.rights import refuse_others
from xunzhang.web.policies.standing import standing_of
from xunzhang.web.request import Request
from xunzhang.web.views import writes


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
    """Check a policy file and keep it as a draft, to be adopted in steps; everything wrong is shown at once."""
    refuse_others(request)
    form = PolicyFile(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        data = upload.read(MAX_BYTES + 1)
        edition, problems = read_beside(data, file=str(upload.name))
        if edition is not None:
            text = data.decode("utf-8-sig")
            policy.keep_draft(source=text, file=str(upload.name), by=request.by, at=request.at)
            return redirect(address("adopt-settings", [edition.policy]))
        form.add_error("file", _("The policy has errors; it takes effect only when none is left."))
    context = {"form": form, "problems": [said.problem(one) for one in problems]}
    status = 422 if form.errors else 200
    return render(request, "policies/adopt.html", context, status=status)


@writes()
def drop(request: Request, code: str) -> HttpResponse:
    """Forget the draft of a policy."""
    refuse_others(request)
    if request.method == "POST":
        policy.drop_draft(policy=code, by=request.by, at=request.at)
        messages.success(request, _("The draft is dropped; nothing was adopted."))
    return redirect("policies:list")


class Withdrawal(forms.Form):
    """Why an edition ends."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


@writes()
def withdraw(request: Request, code: str, version: str) -> HttpResponse:
    """End an edition; what is open under it runs on."""
    refuse_others(request)
    row = standing_of(code, version, company_time(request.at).date())
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
