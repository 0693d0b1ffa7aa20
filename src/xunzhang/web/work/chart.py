"""Duties done in time and late, week by week: a picture that needs no script, and the same as a table."""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pygal
from django.http import HttpResponse
from django.utils.translation import gettext as _
from pygal.style import Style

from xunzhang.policy.queries.duty_filters import Week, done_by_week
from xunzhang.web.request import Request
from xunzhang.web.views import reads

# pygal leaves a finder for plugins behind, of a protocol that Python warns of at every later import; we have none
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]

WEEKS = 12
_FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
# Colours of tokens.css and dark.css: a picture has no custom properties of the page
_LIGHT = {"ink": "#454e63", "line": "#e2e7f0", "colours": ("#1457d2", "#d9870b")}
_DARK = {"ink": "#b9c2d3", "line": "#333d52", "colours": ("#7fabff", "#e8b04b")}
# pygal writes its settings for scripts into every picture, though none is asked for
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_WIDE, _NARROW = (760, 250), (360, 220)


@dataclass(frozen=True, slots=True)
class Column:
    """One week as the chart and its table show it."""

    name: str
    in_time: int
    late: int


def columns(weeks: Sequence[Week]) -> list[Column]:
    """Return the weeks with their names."""
    return [
        Column(
            _("W%(number)d") % {"number": one.starts_on.isocalendar().week}, one.in_time, one.late
        )
        for one in weeks
    ]


def draw(shown: Sequence[Column], *, dark: bool, narrow: bool) -> bytes:
    """Return the chart as SVG."""
    look = _DARK if dark else _LIGHT
    width, height = _NARROW if narrow else _WIDE
    chart = pygal.StackedBar(
        width=width, height=height, style=_style(look), js=(), explicit_size=True, margin=8,
        legend_at_bottom=True,
        legend_at_bottom_columns=2, legend_box_size=10, show_legend=True, print_values=False,
        x_label_rotation=0, truncate_label=-1, rounded_bars=2, disable_xml_declaration=True,
        y_labels_major_count=3, show_minor_y_labels=False, min_scale=2, show_y_guides=True,
    )  # fmt: skip
    step = 3 if narrow else 1
    chart.x_labels = [one.name if place % step == 0 else "" for place, one in enumerate(shown)]
    chart.add(_("Done in time"), [one.in_time for one in shown])
    chart.add(_("Done late"), [one.late for one in shown])
    return _SCRIPT.sub("", str(chart.render())).encode()


def _style(look: Mapping[str, object]) -> Style:
    return Style(
        background="transparent", plot_background="transparent", font_family=_FONT,
        foreground=look["ink"], foreground_strong=look["ink"], foreground_subtle=look["line"],
        colors=look["colours"], opacity="1", opacity_hover="1", guide_stroke_color=look["line"],
        major_guide_stroke_color=look["line"], guide_stroke_dasharray="0", label_font_size=11,
        major_label_font_size=11, legend_font_size=12, no_data_font_size=14,
    )  # fmt: skip


@reads()
def picture(request: Request) -> HttpResponse:
    """Draw the chart of the reader's own duties, dark or narrow where the page asks for it."""
    weeks = done_by_week(request.person, at=request.at, weeks=WEEKS) if request.person else []
    drawn = draw(columns(weeks), dark="dark" in request.GET, narrow="narrow" in request.GET)
    return HttpResponse(drawn, content_type="image/svg+xml")
