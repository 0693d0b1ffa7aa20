"""From a spreadsheet to customers: upload, map the columns, try, run, fetch the errors.

job = upload(file=…, file_name=…, by=…, at=…)      # guesses the columns, or remembers them
choose_columns(job=…, mapping=…, by=…, at=…)
check(job=…)                                       # the dry run: every problem, nothing kept
run(job=…, now=clock.now)                          # again after a stop: continues behind the last row kept
problems_file(job=…, into=…)                       # the rows refused, with the reasons
"""

from xunzhang.customers.importing.checking import check
from xunzhang.customers.importing.jobs import choose_columns, upload
from xunzhang.customers.importing.problems import problems_file
from xunzhang.customers.importing.running import run

__all__ = ["check", "choose_columns", "problems_file", "run", "upload"]
