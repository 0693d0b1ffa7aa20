"""The law: a pure library that carries out a company's written policy.

It knows nothing of Django, of a clock or of a disk (only `loader` reads files).
`Engine.record` says what follows from an event, `Engine.judge` whether something
may be done, `Engine.advance` what the passing of time brings about.
"""
