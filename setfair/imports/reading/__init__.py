"""Makes plain rows of a file that somebody sent, in a process of its own that can read nothing, write nothing and call nobody.

Nothing here knows of Django, of the database or of a case: bytes come in, rows or a code of refusal go out.
"""
