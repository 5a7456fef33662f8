"""What the observer says of the hands that objects went through; a fix that makes something old is caught."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.oracle.observed import observed
from tests.oracle.project import Project
from tests.oracle.test_fixed import compared
from tests.pythons import PYTHONS

CASES = {
    "a from-import": ("a b", "b a", "b.f <- name a.f", {"b.py": "from a import f"}),
    "one that also stands in a module that stays": (
        "a b",
        "b a",
        "b.f <- name a.f",
        {"b.py": "from a import f", "stays.py": "from a import f"},
    ),
    "an item of an old list": (
        "a b c",
        "a c b",
        "c.x <- name b.x",
        {"b.py": "from a import X\nx, y = X", "c.py": "from b import x"},
    ),
    "an alias of a class": (
        "a b c",
        "a c b",
        "c.A <- name b.A",
        {"b.py": "import a, typing\nA = typing.Optional[a.C]", "c.py": "from b import A"},
    ),
    "a base class": ("a b", "b a", "b.D <- base a.C", {"b.py": "import a\nclass D(a.C): pass"}),
    "a default that a third module has set in another": (
        "a b c",
        "a c b",
        "c.g <- default b.h",
        {"b.py": "import a\ndef h(): pass\na.h = h", "c.py": "import a, b\ndef g(h=a.h): pass"},
    ),
    "what a module registers in another": (
        "r a b",
        "r b a",
        "r.R <- item a.f",
        {"r.py": "R = []", "b.py": "import a, r\nr.R.append(a.f)"},
    ),
}
A = "def f(): pass\nclass C: pass\nX = [object(), object()]\n"


def _project(order: str, files: dict[str, str]) -> Project:
    modules = sorted(f"{name}.py" for name in order.split())
    driver = f"import importlib, {', '.join([*order.split(), *(['stays'] * ('stays.py' in files))])}\n"
    script = [f"    importlib.reload({name})" for name in order.split()]
    driver += "\n".join(["def refresh():", *script, ""])
    written = {each: files.get(each, A) for each in (*modules, *files)}
    return Project({**written, "driver.py": driver}, (("import", "driver"), ("call", "driver", "refresh")))


@pytest.mark.parametrize("title", CASES)
@pytest.mark.parametrize("version", PYTHONS)
def test_a_fix_that_makes_something_old_is_caught(title: str, version: str) -> None:
    right, wrong, told, files = CASES[title]
    good, bad = _project(right, files), _project(wrong, files)
    ((_, after, _),) = compared(bad, good, version, Counter())
    assert not after.early
    with pytest.raises(AssertionError, match=told):
        compared(good, bad, version, Counter())


@pytest.mark.parametrize("title", CASES)
@pytest.mark.parametrize("version", PYTHONS)
def test_what_was_taken_too_early_is_told(title: str, version: str) -> None:
    _, wrong, told, files = CASES[title]
    assert told in set(map(str, observed(_project(wrong, files), version, closely=True).early))


LEFT = {
    "stays": ("a b", {"stays.py": "from a import f", "b.py": "from stays import f"}),
    "set by itself": ("a b c", {"b.py": "V = 1", "c.py": "import a, b\nfrom b import *\nb.extra = a.f"}),
}


@pytest.mark.parametrize("title", LEFT)
def test_what_no_order_renews_is_not_early(title: str) -> None:
    order, files = LEFT[title]
    seen = observed(_project(order, files), next(iter(PYTHONS)), closely=True)
    assert seen.old
    assert not seen.early


def test_the_present_thing_may_be_outdated() -> None:
    files = {"b.py": "from a import X\nx, y = X", "stays.py": "from b import x"}
    seen = observed(_project("b a", files), next(iter(PYTHONS)), closely=True)
    assert {str(each) for each in seen.outdated - seen.old} == {
        "a.X <- item b.x",  # what the old list keeps is told where it was made, too
        "a.X <- item b.y",
        "b.X <- item b.x",
        "b.X <- item b.y",
        "b.x <- name b.x",
        "b.y <- name b.y",
        "stays.x <- name b.x",
    }
    after = observed(_project("a b", files), next(iter(PYTHONS)), closely=True)
    assert {str(each) for each in after.old} == {"stays.x <- name b.x"}
