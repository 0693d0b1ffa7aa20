"""Rehearsals: a small world and a timeline, played on the pure engine and compared."""

from xunzhang.law.rehearsal.play import Failure, Played, Report, play
from xunzhang.law.rehearsal.reading import load_rehearsal
from xunzhang.law.rehearsal.story import Rehearsal

__all__ = ["Failure", "Played", "Rehearsal", "Report", "load_rehearsal", "play"]
