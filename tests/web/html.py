"""What is wrong with a page's HTML: parse errors, doubled ids, and scripts or styles in the page itself."""

from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

_FORGIVEN: frozenset[str] = frozenset()


def faults(html: str) -> list[str]:
    """Return every fault of a page, none when it is sound."""
    parser = HTMLParser(namespace_html_elements=False)
    tree: Any = parser.parse(html)
    found = [f"{place}: {code}" for place, code, _values in parser.errors if code not in _FORGIVEN]
    elements = list(tree.iter())
    ids = Counter(each.get("id") for each in elements if each.get("id"))
    found += [f"id {name} stands {count} times" for name, count in ids.items() if count > 1]
    return found + [fault for each in elements for fault in _inline(each)]


def _inline(element: Element) -> list[str]:
    found = [
        f"<{element.tag} {name}>"
        for name in element.attrib
        if name == "style" or name.startswith("on")
    ]
    if element.tag == "style" or (element.tag == "script" and not element.get("src")):
        found.append(f"<{element.tag}> in the page")
    return found
