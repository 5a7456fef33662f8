"""Takes a name from one file, and patches a name of another."""

from unittest import mock

from taken_from import f

with mock.patch("patched_in.f", f), mock.patch("patched_in.C"):
    f()
