"""Rehearsals: a small world and a timeline, played on the pure engine and compared."""

from xunzhang.law.rehearsal.play import Failure, Played, Report, play
from xunzhang.law.rehearsal.reading import Rehearsal, load_rehearsal

__all__ = ["Failure", "Played", "Rehearsal", "Report", "load_rehearsal", "play"]
