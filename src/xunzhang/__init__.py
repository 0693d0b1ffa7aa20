"""Xunzhang (循章): customer management in which the company's written policy is executable."""

__version__ = "0.1.0"
