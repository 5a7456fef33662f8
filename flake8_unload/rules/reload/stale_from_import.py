"""UNL201 stale-from-import: A name imported from a module is still the old object after its reload.

## What it does
Reports a reload of `m` when names taken by `from m import f` (or `*`) before it are used or
exported after it, and are not imported again in between.

## Why is this bad?
A reload executes the module again in the same namespace; it does not touch the names that other
code took from it. Classes, exceptions and constants stay the old ones: `isinstance` and `except`
stop matching. A function keeps its old code while it reads the new globals, which is worse to debug.

## Example
```python
import importlib
import m
from m import f

importlib.reload(m)
f()  # the old code
```

## Use instead
```python
import importlib
import m

importlib.reload(m)
from m import f  # noqa: E402

f()
```

## Clean
A qualified use is looked up at every call:
```python
import importlib
import m

importlib.reload(m)
m.f()
```
A submodule that is imported by name is a module, and is reloaded in place:
```python
import importlib
from pkg import sub

importlib.reload(sub)
sub.f()
```
Imported again, after a use of the old one:
```python
import importlib
import m
from m import f

f()
importlib.reload(m)
from m import f  # noqa: E402

f()
```

What the module only passes on from another, unreloaded one is not stale; this is looked up on disk.

## Fix safety
Safe: the import is put behind the reload, and taken away above where nothing can happen in between. The
comment `# noqa: E402`, with F811 where two imports of a name follow each other, keeps linters from moving or
deleting it, which would bring the old object back. Not offered:

- where the reload stands in a function and the name outside of it, in an expression, or in a loop over
  modules;
- where something took the old object before: a table, default, decorator, base class, instance or call;
- where the name is bound by something else as well, or its attributes were changed;
- where the import stands under a condition, or in a `try`;
- for a star import in a function, or one that would overwrite names of the file.

With `flake8-unload fix --from-import=qualify` every use becomes `m.f`, which no reload leaves old and no
linter touches, and the import of the name goes. Where other files take the name from this one, the import
stays with `# noqa: F401`; where they patch it here, the fix is unsafe. Not offered for what was taken before
the reload, as above, and:

- where no name stands for the module at every use: a parameter or loop variable has it, or a branch;
- where the name is exported, or stands in a text;
- where a comment would be lost with the import.

## References
SEMANTICS HR-01 and HR-03, measured in R02, R04, R05, R09 and R80.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flake8_unload.aftermath import is_exported, reads_after
from flake8_unload.call_order import comes_before
from flake8_unload.disk import definitions
from flake8_unload.events import Import, Read, Reload, Var
from flake8_unload.findings import Hazard
from flake8_unload.fixes.reload_again import star_taken_again, taken_again
from flake8_unload.fixes.reload_qualify import qualified
from flake8_unload.held import compares, is_object, reloaded_modules, taken_names
from flake8_unload.lifecycle import File
from flake8_unload.paths import after
from flake8_unload.registry import rule
from flake8_unload.scopes import Kind

_WHAT = {
    "class": "is still the class of before this reload",
    "function": "keeps its old code over new globals after this reload",
    "value": "keeps its value of before this reload",
}


@rule("UNL201", "stale-from-import", fix="safe")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """Names taken from the reloaded module survive it and are used."""
    for module in reloaded_modules(file, reload):
        taken = taken_names(file, reload, module)
        stale = {var: leaf for var, leaf in taken if _is_stale(reload, module, var, leaf, file)}
        for var, attribute in stale.items():
            what = _WHAT[_kind(module, attribute, file)]
            fix = qualified if file.settings.from_import == "qualify" else taken_again
            repair = partial(fix, reload, module, var, tuple(stale), file)
            yield Hazard(reload.node, f"`{var[1]}` {what}; import it again", repair)
        used = _stale_of_star(reload, module, file)
        if used:
            yield Hazard(
                reload.node,
                f"`from {module} import *` keeps names of before this reload; import it again",
                partial(star_taken_again, reload, module, used, file),
            )


def _is_stale(reload: Reload, module: str, var: Var, attribute: str, file: File) -> bool:
    submodule = file.place.is_submodule(module, attribute)
    defined = file.place.definition(module, attribute)
    if (
        submodule
        or defined == "module"
        or (defined and defined.startswith("import:") and not _also(defined, reload, file))
    ):
        return False
    reads = [read for read in reads_after(file, reload, var) if not _guards(read, file)]
    if any(compares(read, file) for read in reads):
        return False
    if submodule is False:
        return bool(reads) or is_exported(file, reload, var)
    return any(is_object(read, file) for read in reads) or (not reads and is_exported(file, reload, var))


def _also(defined: str, reload: Reload, file: File) -> bool:
    """The module that the name really comes from is reloaded by this file as well."""
    origin = defined.removeprefix("import:").lstrip(".")
    return bool(origin) and any(
        target.endswith(origin) for other in file.events(Reload) for target in other.targets
    )


def _guards(read: Read, file: File) -> bool:
    """A name that is only put into `__all__` or tested for its presence."""
    return any(type(each).__name__ == "Delete" for each in file.ancestors(read.node))


def _kind(module: str, attribute: str, file: File) -> str:
    defined = file.place.definition(module, attribute)
    if defined in _WHAT:
        return defined
    if attribute.isupper():
        return "value"
    return "class" if attribute.lstrip("_")[:1].isupper() else "function"


def _stale_of_star(reload: Reload, module: str, file: File) -> list[str]:
    """Names that only `from m import *` can give, when it stands before the reload and not again after it."""
    starred = [each for each in file.events(Import) if each.module == module and each.names == ("*",)]
    if not any(comes_before(file, each, reload) for each in starred):
        return []
    following = after(file.flow(reload), reload.step, lambda event: event in starred)
    reads = [each for each in following.events if isinstance(each, Read)]
    if following.at_exit:
        reads += [each for each in file.events(Read) if not file.at_module_level(each)]
    bound = file.bindings.module.bindings
    used = {each.node.id for each in reads if each.var[0].kind is Kind.MODULE and each.var[1] not in bound}
    source = file.place.source_of(module)
    if source is None:
        return sorted(used) if len(file.bindings.module.star_imports) == 1 else []
    return sorted(name for name in used if definitions(source).get(name) in _WHAT)
