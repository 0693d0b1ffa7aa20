"""One spelling for what people type: widths, invisible characters, phone numbers, company names."""

import re
import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LEGAL_FORM = re.compile(r"(股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|总公司|公司)$")
_NO_DIGIT = re.compile(r"[^0-9+]")
# Chinese punctuation stays Chinese; letters, digits and spaces of full width become narrow
_FOLDED = re.compile(r"[^，。：；！？（）]+")
_BRACKETS = str.maketrans(dict.fromkeys("（）()[]{}【】〔〕《》<>「」『』“”\"'‘’", ""))


def tidy(typed: str) -> str:
    """Return one line: full-width letters narrowed, invisible characters gone, spaces single, none at the ends."""
    folded = typed if typed.isascii() else _FOLDED.sub(_narrow, typed)
    if not folded.isprintable():
        folded = _visible("".join(" " if each.isspace() else each for each in folded))
    return " ".join(folded.split())


def tidy_long(typed: str) -> str:
    """Return several lines as they were typed, without invisible characters or spaces at the ends of lines."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_visible(line.replace("\t", " ")).rstrip() for line in lines).strip()


def phone_key(typed: str) -> str:
    """Return the digits by which two spellings of a phone number are the same: no +86, 0086, spaces or dashes."""
    digits = _NO_DIGIT.sub("", tidy(typed))
    for prefix in ("+86", "0086"):
        if digits.startswith(prefix):
            return digits.removeprefix(prefix).replace("+", "")
    if len(digits) == len("8613800138000") and digits.startswith("861"):
        return digits[2:]
    return digits.replace("+", "00", 1) if digits.startswith("+") else digits.replace("+", "")


def company_key(typed: str) -> str:
    """Return what two spellings of a company's name share: width, brackets, spaces and legal form do not count."""
    name = tidy(typed).casefold().translate(_BRACKETS)
    if not name.isalnum():
        name = "".join(character for character in name if character.isalnum())
    return _LEGAL_FORM.sub("", name) or name


def _narrow(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def _visible(line: str) -> str:
    # What can be printed has nothing invisible in it; a name of ten thousand is otherwise
    if line.isprintable():
        return line
    return "".join(
        character for character in line if unicodedata.category(character) not in _INVISIBLE
    )
