"""Reads of cases for pages, reports and programs."""
