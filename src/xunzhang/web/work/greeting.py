"""Good morning: the time of the day, the date with its weekday, and the day of the lunar calendar."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from lunardate import LunarDate

from xunzhang.web.saying import language
from xunzhang.web.words import weekday

_MONTHS = "正二三四五六七八九十冬腊"
_TENS = ("初", "十", "廿", "三")
_ONES = "一二三四五六七八九十"
_MORNING, _NOON, _AFTERNOON, _EVENING = 5, 11, 13, 18


@dataclass(frozen=True, slots=True)
class Greeting:
    """What stands on top of the desk."""

    words: str
    day: str
    lunar: str


def greet(name: str, at: datetime) -> Greeting:
    """Return the greeting for a person at a moment."""
    now = localtime(at)
    said = _("%(greeting)s, %(name)s") if name else "%(greeting)s"
    return Greeting(
        said % {"greeting": _hello(now.hour), "name": name},
        f"{now:%Y-%m-%d} {weekday(now)}",
        say_lunar(now.date()),
    )


def say_lunar(day: date) -> str:
    """Return 农历十月十四, or month 10 day 14 of the lunar calendar; "" for years that it does not know."""
    try:
        lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    except ValueError:
        return ""
    if language() == "en":
        leap = _("leap month") if lunar.is_leap_month else _("month")
        return _("lunar %(month)s %(number)d, day %(day)d") % {
            "month": leap, "number": lunar.month, "day": lunar.day,
        }  # fmt: skip
    leap = "闰" if lunar.is_leap_month else ""
    return f"农历{leap}{_MONTHS[lunar.month - 1]}月{_lunar_day(lunar.day)}"


def _lunar_day(day: int) -> str:
    """初一, 初十, 十四, 二十, 廿一, 三十."""
    if day in (20, 30):
        return f"{_ONES[day // 10 - 1]}十"
    tens, ones = divmod(day - 1, 10)
    return f"{_TENS[tens]}{_ONES[ones]}"


def _hello(hour: int) -> str:
    if _MORNING <= hour < _NOON:
        return _("Good morning")
    if _NOON <= hour < _AFTERNOON:
        return _("Good day")
    if _AFTERNOON <= hour < _EVENING:
        return _("Good afternoon")
    return _("Good evening")
