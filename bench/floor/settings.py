"""The house's own settings, and beside them the bare pages."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as HOUSE_APPS
from config.settings import TEMPLATES as HOUSE_TEMPLATES

INSTALLED_APPS = [*HOUSE_APPS, "bench.floor"]
TEMPLATES = [
    {**HOUSE_TEMPLATES[0], "NAME": "django"},
    {"NAME": "floor", "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]
