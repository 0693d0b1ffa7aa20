"""A policy as a company would publish it: HTML for the screen, the printer and PDF, made from the edition alone."""

from __future__ import annotations

from xunzhang.law.published.document import document
from xunzhang.law.published.forms import empty_form
from xunzhang.law.published.page import page

__all__ = ["document", "empty_form", "page"]
