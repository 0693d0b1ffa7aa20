#!/usr/bin/env python
"""Django's own commands, for maintainers; everybody else uses the command `xunzhang`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xunzhang.settings.demo")
    execute_from_command_line(sys.argv)
