"""Opens what a stranger sent, in a process of its own that can read nothing, write nothing and call nobody.

Nothing here knows of Django, of the database or of a case: bytes come in, other bytes or a code of refusal go out.
"""
