"""Floor 0: everything that leaves the house, as rows.

A letter is written in the caller's transaction and sent later by the worker, over
e-mail, SMS or paper. Its subject is neutral, its body is sealed under its reader's
key, and one that is no longer right can be withdrawn before it goes.
"""
