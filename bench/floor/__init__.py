"""Bare pages to measure against, served by the same process as the house: Django with sessions and sign-in, and nothing else.

Never part of an installation: `bench.floor.settings` adds it, and only the measurements start that.
"""
