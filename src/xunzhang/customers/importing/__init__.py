"""From a spreadsheet to customers: upload, map the columns, try, run, fetch the errors.

job = upload(file=…, file_name=…, by=…, at=…)      # guesses the columns, or remembers them
choose_columns(job=…, mapping=…, by=…, at=…)
ask_for_check(job=…, now=clock.now)                # the dry run: every problem, nothing kept
ask_for_run(job=…, now=clock.now)                  # again after a stop: continues behind the last row kept
run_queued(clock.now)                              # what the worker calls, for files that are not small
problems_file(job=…, into=…)                       # the rows refused, with the reasons
"""

from xunzhang.customers.importing.checking import check
from xunzhang.customers.importing.jobs import choose_columns, upload
from xunzhang.customers.importing.problems import problems_file
from xunzhang.customers.importing.queue import ask_for_check, ask_for_run, first_rows, run_queued
from xunzhang.customers.importing.running import run

__all__ = [
    "ask_for_check",
    "ask_for_run",
    "check",
    "choose_columns",
    "first_rows",
    "problems_file",
    "run",
    "run_queued",
    "upload",
]
