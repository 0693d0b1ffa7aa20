"""The process that may be killed: `python -m tests.killed.work JOB [MINUTES]`.

It works on the database of XUNZHANG_DATABASE_URL, says "begun" when it begins, and "done" with the seconds
that it took. `prepare` makes a database worth working on; `picture` prints all that stands in one.
"""

import json
import sys
from importlib import import_module
from time import perf_counter

import django


def main(job: str, minutes: int) -> None:
    """Do the job, and tell when it begins and ends."""
    django.setup()
    jobs = import_module("tests.killed.jobs")
    if job == "prepare":
        jobs.prepare()
    elif job == "picture":
        print(json.dumps(jobs.picture()))
    else:
        print("begun", flush=True)
        start = perf_counter()
        jobs.JOBS[job](minutes)
        print(f"done {perf_counter() - start}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
