"""The commands that run the product: serve, worker, tick, demo. They load Django; the others never do."""

import os
import signal
import subprocess
import sys
import threading
from datetime import date, datetime, time
from pathlib import Path

import click
import django
from django.conf import settings
from django.core.management import call_command

DEMO_PORT = 8000
PATIENCE = 20


def _start(default: str = "xunzhang.settings.base") -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", default)
    django.setup()


def _own_command(*words: str) -> list[str]:
    return [sys.executable, "-m", "xunzhang.cli", *words]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=DEMO_PORT, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Processes that answer requests.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the product's pages. 提供网页服务。"""
    _start()
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "xunzhang.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
    ).serve()


@click.command()
@click.option("--once", is_flag=True, help="Do each chore once and end.")
def worker(*, once: bool) -> None:
    """Let time take effect, run imports, send mail. 后台工作进程：推进时间、执行导入、发送邮件。"""
    _start()
    from xunzhang.jobs.worker import work, work_once

    if once:
        work_once()
        return
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    work(stop)


def _moment(text: str) -> datetime:
    from xunzhang.lib import clock

    words = text.strip()
    try:
        if words.startswith("+") and words.endswith("d"):
            from datetime import timedelta

            return clock.now() + timedelta(days=int(words[1:-1]))
        if len(words) == 10:
            return datetime.combine(date.fromisoformat(words), time(), clock.company_zone())
        found = datetime.fromisoformat(words)
    except ValueError:
        raise click.BadParameter(
            f"“{text}”应写作 2026-12-01、2026-12-01T09:00 或 +1d"
            f" / write 2026-12-01, 2026-12-01T09:00 or +1d"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=clock.company_zone())


@click.command()
@click.option(
    "--to", "until", help="Walk the demonstration's time: 2026-12-01, 2026-12-01T09:00 or +1d."
)
def tick(until: str | None) -> None:
    """Carry out what has fallen due; --to walks the demonstration's time first. 推进时间并执行到期事项。"""
    _start("xunzhang.settings.demo" if until else "xunzhang.settings.base")
    from xunzhang.lib import clock
    from xunzhang.lib.errors import Refusal
    from xunzhang.policy import actions as policy

    if until:
        try:
            clock.walk_to(_moment(until))
        except Refusal as refusal:
            raise click.ClickException(str(refusal.message)) from None
    done = policy.tick(at=clock.now())
    click.echo(
        f"{clock.now():%Y-%m-%d %H:%M}  {done.gone_off} 项到期事项已执行 / {done.gone_off} carried out"
    )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=DEMO_PORT, show_default=True)
@click.option("--seed-only", is_flag=True, help="Make the company and end.")
def demo(host: str, port: int, *, seed_only: bool) -> None:
    """Make the demonstration company if there is none, then serve it. 生成演示公司并启动。"""
    os.environ["DJANGO_SETTINGS_MODULE"] = "xunzhang.settings.demo"
    _start()
    from xunzhang.demo.company import PASSWORD, posts
    from xunzhang.demo.seed import seed

    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    seed(say=click.echo)
    if seed_only:
        return
    click.echo(f"\n  循章 Xunzhang: http://{host}:{port}/")
    for post in posts():
        if post.login:
            click.echo(f"    {post.login:<6} {PASSWORD}   {post.name}（{'、'.join(post.roles)}）")
    click.echo()
    sys.exit(_together(["serve", "--host", host, "--port", str(port)], ["worker"]))


def _together(first: list[str], *others: list[str]) -> int:
    """Run our own commands until the first ends or this process is told to; return the first's code.

    None of them outlives this process.
    """
    children = [subprocess.Popen(_own_command(*words)) for words in (first, *others)]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return children[0].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=PATIENCE)
