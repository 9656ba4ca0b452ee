"""The whole server, as an installation runs it, over the database of a test: for what needs lines that stay open.

Other stories are served by Django's own live server, in the process of the test. As there, files are found where they lie.
"""

from config.settings import *  # noqa: F403
from config.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
