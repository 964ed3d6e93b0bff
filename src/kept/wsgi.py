"""The house as a server sees it: the door first, then static files, then Django."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.settings")

_django = get_wsgi_application()

from kept.doors.http import door  # noqa: E402 - Django must be ready before models are read

application = door(
    WhiteNoise(_django, root=str(settings.STATIC_ROOT), prefix=settings.STATIC_URL, allow_all_origins=False, max_age=31536000)
)
