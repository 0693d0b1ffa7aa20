"""Fill the shipped table of working days from the package `chinesecalendar`.

Run it by hand when a new year's arrangement has been announced and the package
knows it: `python tools/build_workdays.py`. The product itself reads only the file.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from chinese_calendar import constants

TARGET = Path(__file__).parent.parent / "src" / "xunzhang" / "law" / "data" / "workdays.yaml"

CHINESE = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
ENGLISH = {"Anti-Fascist 70th Day": "Victory Day"}

HEAD = """\
# Days off and make-up working days as the State Council announced them.
# A company adds a year by a file of its own in this form: `off` are days off,
# `work` make-up working days, both as MM-DD, as MM-DD..MM-DD, or as YYYY-MM-DD where
# a day lies in a neighbouring year. A year that stands here is known entirely.
"""


def spans(days: list[date]) -> str:
    """Dates of one year as a YAML list of days and unbroken spans."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    texts = (
        f"{run[0]:%m-%d}" if len(run) == 1 else f"{run[0]:%m-%d}..{run[-1]:%m-%d}" for run in runs
    )
    return f"[{', '.join(texts)}]"


def content() -> str:
    """The whole file."""
    years: dict[int, dict[str, dict[str, list[date]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for key, table in (("off", constants.holidays), ("work", constants.workdays)):
        for day, name in sorted(table.items()):
            years[day.year][CHINESE[name]][key].append(day)
    lines = [HEAD + "english:"]
    lines += [f"  {zh}: {ENGLISH.get(name, name)}" for name, zh in CHINESE.items()]
    lines.append("years:")
    for year, festivals in sorted(years.items()):
        lines.append(f"  {year}:")
        for name, days in festivals.items():
            parts = [f"{key}: {spans(days[key])}" for key in ("off", "work") if key in days]
            lines.append(f"    {name}: {{{', '.join(parts)}}}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(content(), encoding="utf-8")
