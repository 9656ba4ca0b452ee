"""Somebody is not safe now: said from any page, heard by somebody who can act, and never lost."""
