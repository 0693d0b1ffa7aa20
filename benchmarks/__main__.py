"""Run the named scenarios, or all: `python -m benchmarks [name …]`."""

import json
import os
import platform
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import django

RESULTS = Path(__file__).parent / "results"
TIMES = 5


def main(names: list[str]) -> int:
    """Time each scenario, print the medians, keep them as JSON; 2 when a name is not known."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xunzhang.settings.test")
    django.setup()
    from benchmarks.scenarios import SCENARIOS

    unknown = set(names) - SCENARIOS.keys()
    if unknown:
        print(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(SCENARIOS)}.")
        return 2
    results: dict[str, Any] = {"python": platform.python_version(), "milliseconds": {}}
    for name in names or SCENARIOS:
        run = SCENARIOS[name]()
        spans = []
        for _time in range(TIMES):
            start = perf_counter()
            run()
            spans.append((perf_counter() - start) * 1000)
        results["milliseconds"][name] = round(median(spans), 2)
        print(f"{median(spans):10.2f} ms  {name}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "latest.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
