"""The parts of every page as tags: {% load xz %}. Small ones are made here, larger ones from templates/parts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from zlib import crc32

from django import template
from django.forms import BoundField, CheckboxInput
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lucide import _render_icon as svg_of

from xunzhang.lib.money import say_money
from xunzhang.policy.queries.guiding import guides_at
from xunzhang.web.citations import chip_of
from xunzhang.web.paging import Pager
from xunzhang.web.words import listed as in_one_line
from xunzhang.web.words import say_due, say_moment

register = template.Library()
_TONES = 5


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """Return a Lucide icon; it is decoration, the words beside it say the same."""
    return _drawn(str(name), size)


@register.simple_tag
def citation(because: Any, words: str = "", href: str = "") -> SafeString:
    """Return the chip of an article; with an address it leads to the article."""
    chip = chip_of(because, words=words, href=href)
    inside = format_html('<span class="number">{}</span>', chip.label)
    if chip.words:
        inside += format_html('<span class="words">{}</span>', chip.words)
    if chip.href:
        return format_html(
            '<a class="citation" href="{}" title="{}">{}</a>', chip.href, chip.policy, inside
        )
    return format_html('<span class="citation" title="{}">{}</span>', chip.policy, inside)


@register.simple_tag
def tag(words: Any, tone: str = "") -> SafeString:
    """Return a small label; tones are blue, green, amber, red, violet, or none for grey."""
    return format_html('<span class="tag {}">{}</span>', tone, words)


@register.simple_tag
def status_dot(words: Any, tone: str = "") -> SafeString:
    """Return a state as a dot and its word; colour never stands alone."""
    return format_html('<span class="dot {}">{}</span>', tone, words)


@register.simple_tag
def avatar(name: Any, size: str = "") -> SafeString:
    """Return the first character of a name on the person's own tone."""
    said = str(name).strip()
    tone = crc32(said.encode()) % _TONES
    return format_html(
        '<span class="avatar tone-{} {}" aria-hidden="true">{}</span>', tone, size, said[:1].upper()
    )


@register.simple_tag
def person(who: Any, href: str = "") -> SafeString:
    """Return a person with avatar; nobody is said to be nobody."""
    if not who:
        return format_html('<span class="muted">{}</span>', _("nobody"))
    inside = format_html("{}{}", avatar(who), who)
    if href:
        return format_html('<a class="person" href="{}">{}</a>', href, inside)
    return format_html('<span class="person">{}</span>', inside)


@register.simple_tag
def money(amount: Decimal | None) -> SafeString:
    """Return ¥1,234.50, or a dash where there is no amount."""
    return format_html(
        '<span class="money">{}</span>', "—" if amount is None else say_money(amount)
    )


@register.simple_tag
def moment(when: datetime | date | None) -> SafeString:
    """Return 2026-11-22 14:05, or the day alone of a date."""
    if when is None:
        return mark_safe("—")
    said = say_moment(when) if isinstance(when, datetime) else f"{when:%Y-%m-%d}"
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), said)


@register.simple_tag(takes_context=True)
def due(context: Context, when: datetime | date | None) -> SafeString:
    """Return a due time with its weekday and how far it is from now; red once it has passed."""
    if when is None:
        return format_html('<span class="muted">{}</span>', _("no time set"))
    said = say_due(when, at=context["at"])
    return format_html(
        '<span class="due {}"><time datetime="{}">{}</time> <span class="when">{}</span></span>',
        said.urgency,
        said.machine,
        said.moment,
        said.distance,
    )


@register.simple_tag
def said(words: Mapping[str, str]) -> str:
    """Return words of a policy in the language of the page, else in the other one."""
    lang = "en" if (get_language() or "").startswith("en") else "zh"
    return words.get(lang) or next(iter(words.values()), "")


@register.filter
def at(found: Mapping[str, Any], key: str) -> Any:
    """Return the value of a key that is only known while the page is made."""
    return found.get(key)


@register.filter
def listed(names: Iterable[object]) -> str:
    """Return names in one line, as the language lists them, or a dash for none."""
    return in_one_line(names) or "—"


@register.simple_tag
def why_button(href: str) -> SafeString:
    """Return the door to the drawer that says why; without scripts it opens the same as a page."""
    return format_html(
        '<a class="button quiet small why" href="{}" data-hx-get="{}" data-hx-target="#drawer-inside">{}{}</a>',
        href,
        href,
        icon("circle-question-mark", 15),
        _("Why"),
    )


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, width: str = "") -> dict[str, Any]:
    """Return a form field with its label, hint and errors, tied together for screen readers."""
    told = {"hint": bound.help_text, "error": bound.errors}
    described = [f"{bound.id_for_label}-{name}" for name, words in told.items() if words]
    attributes = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "field": bound,
        "control": bound.as_widget(attrs={**bound.field.widget.attrs, **attributes}),
        "check": isinstance(bound.field.widget, CheckboxInput),
        "width": width,
    }


@register.inclusion_tag("parts/empty.html")
def empty(
    title: str, words: str = "", icon: str = "inbox", href: str = "", action: str = ""
) -> dict[str, Any]:
    """Return what a list says when it has no rows: what would be here, and how it comes about."""
    return {"title": title, "words": words, "icon": icon, "href": href, "action": action}


@register.inclusion_tag("parts/pager.html")
def pager(shown: Pager) -> dict[str, Any]:
    """Return the line below a list."""
    return {"pager": shown}


@register.inclusion_tag("parts/steps.html")
def steps(stages: Sequence[Any]) -> dict[str, Any]:
    """Return the stages of a case: each has name, state (done, now, refused or "") and note."""
    return {"stages": stages}


@register.inclusion_tag("parts/timeline.html", takes_context=True)
def timeline(context: Context, moments: Sequence[Any]) -> dict[str, Any]:
    """Return what happened, newest first: each has title, at, tone, facts, quote, because and href."""
    return {"moments": moments, "at": context["at"]}


@register.inclusion_tag("parts/guides.html", takes_context=True)
def guides(context: Context, action: str, **keys: Any) -> dict[str, Any]:
    """Return what the policies say beside an action that is about to be done."""
    request = context["request"]
    known = {name: value for name, value in keys.items() if value not in (None, "")}
    return {"guides": guides_at(action=action, by=request.by, at=request.at, keys=known)}


@register.inclusion_tag("parts/tile.html")
def tile(
    name: str, figure: Any, change: str = "", tone: str = "", href: str = ""
) -> dict[str, Any]:
    """Return a figure with its name, and below it what it compares with."""
    return {"name": name, "figure": figure, "change": change, "tone": tone, "href": href}


@cache
def _drawn(name: str, size: int) -> SafeString:
    return mark_safe(svg_of(name, size, aria_hidden="true"))  # noqa: S308 (drawn by the package)
