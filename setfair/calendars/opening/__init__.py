"""Reads a calendar that somebody gave us, in a process of its own that can read nothing else, write nothing and call nobody.

Nothing here knows of Django, of the database or of whose it is: bytes come in, moments or a code of refusal go out.
"""
