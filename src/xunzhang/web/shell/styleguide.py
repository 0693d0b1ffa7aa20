"""Every part once, with what it looks like: the page that the checks of contrast and structure look at."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.web.paging import Pager
from xunzhang.web.request import Request
from xunzhang.web.views import reads

_ROWS = (
    ("杭州云帆医疗器械有限公司", "A", "green", "12", Decimal("78125.03"), -1),
    ("上海恒川机械制造股份有限公司", "B", "blue", "5", Decimal("1284600"), 0),
    ("成都中衡检测技术有限公司", "C", "amber", "33", Decimal("-320.5"), 3),
    ("深圳市启元新材料科技有限公司", "D", "red", "4.2", None, 21),
)


class Specimen(forms.Form):
    """One field of each sort; bound with mistakes, so that errors are seen."""

    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("As on the business licence.")
    )
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), choices=[("A", "A"), ("B", "B")])
    amount = forms.DecimalField(label=gettext_lazy("Amount"), required=False)
    seen_on = forms.DateField(
        label=gettext_lazy("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(
        label=gettext_lazy("The customer has agreed to be called"), required=False
    )


@reads(audience="staff")
def show(request: Request) -> HttpResponse:
    """Show all parts."""
    for say, words in (
        (messages.success, _("Saved.")),
        (messages.warning, _("The visit of this quarter is still missing.")),
    ):
        say(request, words)
    specimen = Specimen({"name": "", "grade": "A", "amount": "12a"})
    return render(request, "shell/styleguide.html", {"form": specimen, **_parts(request)})


def _parts(request: Request) -> dict[str, Any]:
    because = {"article": "12", "policy": "B07", "title": _("Customer filing policy")}
    return {
        "because": because,
        "money": Decimal("1234.5"),
        "dues": [request.at + timedelta(hours=hours) for hours in (-80, -3, 0.5, 6, 40, 400)],
        "rows": [
            {
                "name": name,
                "grade": grade,
                "tone": tone,
                "because": {**because, "article": article},
                "amount": amount,
                "due": request.at + timedelta(days=days),
            }
            for name, grade, tone, article, amount, days in _ROWS
        ],
        "pager": Pager(
            _("more than %(count)s rows") % {"count": "1,000"}, "?cursor=a", "?cursor=b"
        ),
        "stages": [
            {"name": _("Received"), "state": "done", "note": "03-02"},
            {"name": _("Investigated"), "state": "done", "note": "03-04"},
            {"name": _("Answered"), "state": "now", "note": _("under way")},
            {"name": _("Closed"), "state": "", "note": ""},
        ],
        "moments": [
            {
                "title": _("The policy opened a duty to visit"),
                "tone": "red",
                "at": request.at,
                "because": because,
                "facts": ["陈雨"],
            },
            {
                "title": _("Telephone call"),
                "tone": "blue",
                "at": request.at - timedelta(hours=20),
                "facts": ["周杰"],
                "quote": "客户希望把质检数据接口放进一期,预算不变。",
            },
            {
                "title": _("Contract approved"),
                "tone": "green",
                "at": request.at - timedelta(days=4),
                "facts": [],
            },
        ],
    }
