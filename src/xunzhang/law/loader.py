"""The one module of the law that reads files: policies, packs and the product's vocabulary."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Map
from dataclasses import replace
from functools import lru_cache, reduce
from pathlib import Path

from xunzhang.law.calendar import Calendar, WorkdayTable, load_workday_data
from xunzhang.law.facts import NOTHING
from xunzhang.law.problems import Mark, Problem, Problems
from xunzhang.law.read.document import DocumentReader, Surroundings
from xunzhang.law.read.vocabulary import VocabularyReader
from xunzhang.law.source import MAX_BYTES, Mapping, Node, parse
from xunzhang.law.text import Edition
from xunzhang.law.vocabulary import Vocabulary

DATA = Path(__file__).parent / "data"
PACKS = Path(__file__).parent.parent / "packs"


@lru_cache(maxsize=1)
def product_vocabulary() -> Vocabulary:
    """The product's own events, actions and keys. Raises ValueError where its file is wrong."""
    problems = Problems("vocabulary.yaml")
    root = parse((DATA / "vocabulary.yaml").read_bytes(), problems)
    found = (
        VocabularyReader(problems, Vocabulary()).read(root)
        if isinstance(root, Mapping)
        else Vocabulary()
    )
    if problems.failed:
        raise ValueError("\n".join(problem.say("en") for problem in problems.found))
    return found


def read_bytes(path: Path, problems: Problems) -> bytes | None:
    """The bytes of a file no larger than the limit; problems say why there are none."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            problems.error(
                Mark(1, 1),
                "too-large",
                f"文件有 {size:,} 字节，超过上限 {MAX_BYTES:,} 字节",
                f"the file has {size:,} bytes; the limit is {MAX_BYTES:,}",
            )
            return None
        return path.read_bytes()
    except OSError as error:
        problems.error(
            Mark(1, 1),
            "unreadable",
            f"读不了这个文件：{error.strerror}",
            f"cannot read the file: {error.strerror}",
        )
        return None


def load(
    data: bytes | str, file: str, around: Surroundings | None = None
) -> tuple[Edition | None, list[Problem]]:
    """The edition written in a policy file, and everything wrong or doubtful about it.

    The edition is None where there is any error.
    """
    problems = Problems(file)
    root = parse(data, problems)
    if root is None and not problems.failed:
        problems.error(Mark(1, 1), "empty", "文件是空的", "the file is empty")
    edition = load_node(root, problems, around) if root is not None else None
    return edition, sorted(problems.found)


@lru_cache(maxsize=4)
def _arrangement(file: str) -> WorkdayTable:
    return load_workday_data(Path(file))


def arrangement() -> WorkdayTable | None:
    """The company's own arrangement of holidays, in the file that XUNZHANG_WORKDAYS names; None: the shipped one.

    Raises Malformed where the file cannot be read or does not have the form of the shipped one.
    """
    file = os.environ.get("XUNZHANG_WORKDAYS")
    return _arrangement(file) if file else None


def surroundings(
    others: Vocabulary | None = None,
    calendars: Map[str, Calendar] | None = None,
    table: WorkdayTable | None = None,
) -> Surroundings:
    """What a policy is read among, here and now: the product's vocabulary and what is given."""
    return Surroundings(
        product_vocabulary(), others or Vocabulary(), calendars or NOTHING, table or arrangement()
    )


def among(
    declared: Sequence[Vocabulary],
    index: int,
    calendars: Map[str, Calendar] | None = None,
    table: WorkdayTable | None = None,
) -> Surroundings:
    """What one of several policies is read among, each of which declares something."""
    earlier = reduce(Vocabulary.joined, declared[:index], Vocabulary())
    others = reduce(Vocabulary.joined, declared[index + 1 :], earlier)
    return replace(surroundings(others, calendars, table), earlier=earlier)


def load_node(root: Node, problems: Problems, around: Surroundings | None = None) -> Edition | None:
    """The edition of a node already parsed, None where there is any error; these go into `problems`."""
    draft = draft_node(root, problems, around)
    return None if problems.failed else draft


def draft_node(
    root: Node, problems: Problems, around: Surroundings | None = None
) -> Edition | None:
    """As `load_node`; where there are errors, what could be read without the rules in which they are."""
    if not isinstance(root, Mapping):
        problems.error(
            root.mark,
            "policy",
            "制度应为映射：policy、title、version、effective、articles",
            "a policy is a map: policy, title, version, effective, articles",
        )
        return None
    return DocumentReader(root, problems, around or surroundings()).read()


def declared_in(root: Node | None) -> Vocabulary:
    """What a policy declares; what is wrong with it is told when it is read whole."""
    if not isinstance(root, Mapping):
        return Vocabulary()
    return DocumentReader(root, Problems(""), surroundings()).declared()


def load_file(
    path: Path, around: Surroundings | None = None
) -> tuple[Edition | None, list[Problem]]:
    """As `load`, from a file."""
    problems = Problems(str(path))
    data = read_bytes(path, problems)
    if data is None:
        return None, problems.found
    return load(data, str(path), around)


def pack_file(code: str) -> Path | None:
    """The policy file of a shipped pack, if there is one of that code."""
    path = PACKS / code / "policy.yaml"
    return path if path.is_file() else None


def pack_codes() -> list[str]:
    """The codes of all shipped packs."""
    return sorted(path.parent.name for path in PACKS.glob("*/policy.yaml"))


def packs() -> Iterable[Path]:
    """The policy files of all shipped packs."""
    return [PACKS / code / "policy.yaml" for code in pack_codes()]
