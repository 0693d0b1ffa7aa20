"""Reads for pages, reports and the engine."""
