"""The engine: events a second with one policy, and with 44 more that do not speak of the event.

python -m benchmarks.engine
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter

from benchmarks.measuring import say, say_ratio
from xunzhang.law.book import Book
from xunzhang.law.calendar import COMPANY_ZONE
from xunzhang.law.engine.engine import Engine
from xunzhang.law.facts import Department, Staff
from xunzhang.law.loader import load, packs
from xunzhang.law.memory import MemoryHistory
from xunzhang.law.text import Edition

EVENTS, QUICK_EVENTS = 20_000, 2_000
TIMES = 5
MOST = 1.2
OTHERS = 44
POLICY = """
policy: bench
title: 基准
version: 1
effective: 2026-01-01
roles: [经理]
events:
  - {type: bench.happened, keys: {item: text, amount: integer}}
  - {type: bench.answered, keys: {item: text}}
articles:
  - no: "1"
    text: 事项发生后三个工作日内答复；金额一千以上的通知经理。
    rules:
      - id: answer
        kind: duty
        when: bench.happened
        who: by
        do: bench.answered
        match: [item]
        within: 3 workdays
        remind: [1 workday before]
        breach: late
      - id: large
        kind: notice
        when: bench.happened
        if: {amount: ">= 1000"}
        to: ["role:经理"]
        text: 大额
      - {id: late-fine, kind: sanction, breach: late, fine: 50}
"""


def editions(count: int) -> list[Edition]:
    """The benchmark's own policy and `count` copies of the shipped packs under other codes."""
    found = [_load(POLICY)]
    sources = [path.read_text(encoding="utf-8") for path in packs()]
    for number in range(count):
        source = sources[number % len(sources)]
        code = source.split("policy: ", 1)[1].split("\n", 1)[0]
        found.append(_load(source.replace(f"policy: {code}", f"policy: {code}-{number}", 1)))
    return found


def _load(source: str) -> Edition:
    edition, problems = load(source, "bench.yaml")
    if edition is None:
        raise SystemExit("\n".join(problem.say("en") for problem in problems))
    return edition


def events_a_second(known: Iterable[Edition], events: int) -> float:
    """Record and answer events, the time advanced before each; one core, history in memory."""
    staff = [
        Staff(f"s{number}", department="一部", roles=("员工",), manager="m") for number in range(20)
    ]
    staff.append(Staff("m", department="一部", roles=("经理",)))
    customers = [
        {"id": f"c{number}", "owner": f"s{number % 20}", "filed": True} for number in range(1_000)
    ]
    at = datetime(2026, 3, 2, 9, tzinfo=COMPANY_ZONE)
    engine = Engine(Book(known), MemoryHistory(staff, [Department("一部", "m")], customers, at))
    engine.begin(at)
    start = perf_counter()
    for number in range(events // 2):
        at += timedelta(seconds=2)
        engine.advance(at)
        who, customer = f"s{number % 20}", f"c{number % 1000}"
        engine.record(
            "bench.happened",
            at,
            {"by": who, "customer": customer, "item": f"i{number}", "amount": number % 2000},
        )
        engine.record(
            "bench.answered",
            at + timedelta(seconds=1),
            {"by": who, "customer": customer, "item": f"i{number}"},
        )
    return events / (perf_counter() - start)


def main() -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few events, to see that it runs")
    quick = parser.parse_args().quick
    events, times = (QUICK_EVENTS, 1) if quick else (EVENTS, TIMES)
    print("engine, history in memory")
    alone, among = editions(0), editions(OTHERS)
    pairs = [(events_a_second(alone, events), events_a_second(among, events)) for _ in range(times)]
    say("one policy", median(pair[0] for pair in pairs), "events a second")
    say(f"with {OTHERS} policies more", median(pair[1] for pair in pairs), "events a second")
    say_ratio("cost of the others", median(pair[0] / pair[1] for pair in pairs), MOST)


if __name__ == "__main__":
    main()
