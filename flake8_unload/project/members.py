"""Attributes in a rehearsal: of modules, classes, instances and functions. Evaluates nothing."""

from __future__ import annotations

import ast

from flake8_unload.project.frame import Frame
from flake8_unload.project.values import UNKNOWN, Module, Raised, Thing, const, needed

_GIVEN = ("instance", "function", "object")  # what attributes can be set on, besides modules and classes

PYTHON_3 = {"sys.version_info.major": 3, "six.PY2": False, "six.PY3": True}
_REGISTER = "functools.singledispatch.register"


def attribute(owner: Thing, name: str, frame: Frame) -> Thing:
    """`owner.name`. Raises Raised where a module certainly has no such name."""
    if name in owner.attributes:
        return owner.attributes[name]
    match owner.kind:
        case "later":
            return frame.later(lambda: attribute(needed(owner), name, frame), name)
        case "module":
            return _of_module(owner.data, name, frame)
        case "foreign":
            return Thing("modules") if f"{owner.data}.{name}" == "sys.modules" else _foreign(owner, name)
        case "class" if name in ("__name__", "__qualname__") and owner.origin is not None:
            return const(owner.origin.name)
        case "class":
            found = _of_class(owner, name)
            return Thing("bound", (found, owner)) if _is(found, "classmethod") else found
        case "instance" if name == "__class__":
            return owner.data  # type: ignore[no-any-return]
        case "instance":
            return _bound(_of_class(owner.data, name), owner)
        case "super":
            defined, first = owner.data
            return _bound(_of_bases(defined, name), first)
        case "function" if name == "register" and "registry" in owner.attributes:
            return Thing("bound", (Thing("foreign", _REGISTER), owner))
        case "function" if name in ("__name__", "__qualname__"):
            return const(getattr(owner.data.node, "name", "<lambda>"))
    if owner.kind in ("const", "list", "dict", "modules", "names"):
        return Thing("bound", (Thing("foreign", f"builtins.{owner.kind}.{name}"), owner))
    return Thing("unknown", f"?.{name}")


def set_attribute(owner: Thing, name: str, thing: Thing, frame: Frame) -> bool:
    """`owner.name = thing`; False for what cannot be followed. Behind a test that is not known, unknown."""
    names = owner.data.names if owner.kind == "module" else owner.data if owner.kind == "class" else None
    if names is None and owner.kind not in _GIVEN:
        return False
    frame.world.keep(owner)
    if owner.kind == "module":
        frame.world.keep(owner.data)
    owner.take([thing], frame.world.executing, frame.world.in_doubt)
    if frame.world.in_doubt and owner.kind == "module":
        thing = UNKNOWN
    if names is None:
        owner.attributes = {**owner.attributes, name: thing}
    else:
        names[name] = thing
    if owner.kind == "module":
        note_giver(owner.data, name, frame)
    return True


def wrapped(inner: Thing, outer: Thing, frame: Frame) -> Thing:
    """`functools.wraps`: the outer function gets the attributes of the inner one, and has it itself."""
    certain = {name: each for name, each in inner.attributes.items() if id(each) not in inner.doubtful}
    for name, each in {**certain, "__wrapped__": inner}.items():
        set_attribute(outer, name, each, frame)
    return outer


def note_giver(module: Module, name: str, frame: Frame) -> None:
    """Another module has given a name to this one: the one whose body is being executed, or a function."""
    frame.world.keep(module)
    module.lines[name] = 0
    giver = frame.world.modules.get(frame.world.executing)
    if isinstance(giver, Module):
        module.givers[name] = (giver.name, giver.run)


def is_metaclass(thing: Thing) -> bool:
    """A class that derives from `type`, however far."""
    if thing.kind != "class":
        return bool(thing.kind == "foreign" and thing.data == "builtins.type")
    return any(how == "base" and is_metaclass(each) for how, each in thing.parts)


def is_dispatch(thing: Thing) -> bool:
    """`register` of a function that `functools.singledispatch` has decorated."""
    return bool(thing.kind == "bound" and thing.data[0].data == _REGISTER)


def _bound(found: Thing, first: Thing) -> Thing:
    if found.kind != "function" or _is(found, "staticmethod"):
        return found
    if _is(found, "property") or _is(found, "cached_property"):
        return UNKNOWN
    return Thing("bound", (found, first.data if _is(found, "classmethod") else first))


def _foreign(owner: Thing, name: str) -> Thing:
    if f"{owner.data}.{name}" in PYTHON_3:
        return const(PYTHON_3[f"{owner.data}.{name}"])
    return Thing("foreign", f"{owner.data}.{name}")


def _of_module(module: Module, name: str, frame: Frame) -> Thing:
    if name in module.names:
        return frame.world.read(module, name)
    if module.later is not None and name != "__name__":
        return module.later(name)
    match name:
        case "__name__":
            return const(module.name)
        case "__dict__":
            return Thing("names", module.names)
    if name.startswith("__") or frame.world.is_open(module):
        return UNKNOWN if name.startswith("__") else made_by_getattr(module, name, frame)
    raise Raised("AttributeError")


def made_by_getattr(module: Module, name: str, frame: Frame, missing: str = "") -> Thing:
    """What `__getattr__` of a module gives, as far as that is known.

    Raises Raised with the name ``missing``, if that is not empty and it certainly gives nothing.
    """
    from flake8_unload.project.calls import called

    function = module.names.get("__getattr__", UNKNOWN)
    if function.kind != "function":
        return UNKNOWN
    place = ast.Constant(None, lineno=frame.line, col_offset=0)
    try:
        return called(function, [const(name)], {}, place, frame)
    except Raised as error:
        if missing and error.name == "AttributeError":
            raise Raised(missing) from None
        return UNKNOWN


def _of_class(owner: Thing, name: str) -> Thing:
    owner = needed(owner)
    if owner.kind != "class":
        return UNKNOWN
    return owner.data[name] if name in owner.data else _of_bases(owner, name)


def _of_bases(owner: Thing, name: str) -> Thing:
    for how, base in owner.parts if owner.kind == "class" else ():
        if how == "base":
            found = _of_class(base, name)
            if found is not UNKNOWN:
                return found
    return UNKNOWN


def _is(thing: Thing, decorator: str) -> bool:
    if thing.kind != "function":
        return False
    decorators = getattr(thing.data.node, "decorator_list", ())
    return any(getattr(each, "id", getattr(each, "attr", "")) == decorator for each in decorators)
