"""The environment of every test, set before Django reads its settings (a pytest plugin: `-p tests.environment`)."""

from __future__ import annotations

import os
import tempfile

_folder = tempfile.mkdtemp(prefix="kept-test-")
os.environ.setdefault("KEPT_SECRET_KEY", "a-key-for-tests-only-" + "0" * 32)
os.environ.setdefault("KEPT_DATA", _folder)
os.environ.setdefault("KEPT_TEST_FOLDER", _folder)
os.environ.setdefault("KEPT_BASE_URL", "http://testserver")
