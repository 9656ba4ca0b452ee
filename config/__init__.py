"""How Setfair is set up and kept running: settings, addresses, the database, the processes.

Everything here but `settings`, `urls` and `asgi` uses the standard library
alone, so that it also runs before the environment exists.
"""
