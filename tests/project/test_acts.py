"""Which module bodies ask for what is loaded of the project, so that a look at them alone says nothing."""

from __future__ import annotations

import ast

import pytest

from flake8_unload.project.acts import asks
from tests.project.test_taking_back import laid_out, parsed

FILES = {"pkg/__init__.py": "", "pkg/other.py": "", "main.py": "import sys\n"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("'django' in sys.modules", False),
        ("'django.conf' not in sys.modules and 'pytest' in sys.modules", False),
        ("'pkg' in sys.modules", True),
        ("'pkg.other' not in sys.modules", True),
        ("name in sys.modules", True),
        ("'django' in sys.modules or name in sys.modules", True),
        ("sys.modules.get('django')", True),
        ("[*sys.modules]", True),
        ("sys.modules[__name__]", False),
    ],
)
def test_a_module_body_asks_for_what_the_project_decides(code: str, expected: bool) -> None:
    layout = laid_out(FILES, dict(parsed(FILES)))
    space = layout.space("/project/main.py")
    assert asks(ast.parse(f"import sys\nfound = {code}\n"), space) is expected
