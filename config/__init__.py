"""How Setfair is set up and kept running: settings, addresses, the database, the processes.

Everything here but `settings`, `urls`, `asgi` and `wire` uses the standard
library alone, so that it also runs before the environment exists.
"""
