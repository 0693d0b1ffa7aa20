"""Run all benchmarks, or those named, at a small size, to see that they run: `python -m benchmarks [NAME …]`.

Each by itself, at its full size: `python -m benchmarks.NAME`; RESULTS.md has the figures.
"""

import subprocess
import sys

ALL = ("engine", "record", "tick", "importing", "customers")


def main(names: list[str]) -> int:
    """Return 0 when each has run, 2 when a name is not known."""
    unknown = set(names) - set(ALL)
    if unknown:
        print(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(ALL)}.")
        return 2
    codes = []
    for name in names or ALL:
        print(f"\n=== {name}", flush=True)
        codes.append(subprocess.call([sys.executable, "-m", f"benchmarks.{name}", "--quick"]))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
