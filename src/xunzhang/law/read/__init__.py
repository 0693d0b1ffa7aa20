"""Turns nodes of a policy file into the law's values, noting every problem with its place."""
