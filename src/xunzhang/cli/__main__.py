"""`python -m xunzhang.cli`: the same as the command `xunzhang`."""

from xunzhang.cli.main import main

main()
