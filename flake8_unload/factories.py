"""Whether a call opens something: look-up in `factory_table`, and conditions on arguments. Knows no rule."""

from __future__ import annotations

import ast
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

from flake8_unload.factory_kinds import EAGER as EAGER
from flake8_unload.factory_kinds import HANDLER as HANDLER
from flake8_unload.factory_kinds import LAZY as LAZY
from flake8_unload.factory_kinds import LOOP_BOUND as LOOP_BOUND
from flake8_unload.factory_kinds import POOL as POOL
from flake8_unload.factory_kinds import STARTABLE as STARTABLE
from flake8_unload.factory_kinds import STARTS as STARTS
from flake8_unload.factory_table import STDLIB, THIRD_PARTY
from flake8_unload.registries import REGISTRIES


class Entry(NamedTuple):
    """What a factory gives: its kind (of `factory_kinds`), and the noun that messages use."""

    kind: str
    noun: str


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _entries() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for kind, noun, listed in STDLIB + THIRD_PARTY:
        entry = Entry(kind, noun)
        for name in listed.replace("!", "").split():
            found[name] = entry
    return found


_BY_NAME = _entries()
_SPECIAL = frozenset({"signal.signal", "logging.basicConfig", "loguru.logger.add"})

NOT_A_RESOURCE = _words(
    """
    io.StringIO io.BytesIO io.TextIOWrapper io.BufferedReader threading.Lock threading.RLock threading.Event
    threading.Condition threading.Semaphore threading.BoundedSemaphore threading.Barrier threading.local
    queue.Queue queue.LifoQueue queue.PriorityQueue queue.SimpleQueue contextvars.ContextVar re.compile
    struct.Struct logging.getLogger logging.StreamHandler logging.NullHandler asyncio.Lock asyncio.Event
    asyncio.Queue asyncio.Semaphore asyncio.Condition asyncio.Runner ssl.create_default_context
    ssl.SSLContext http.client.HTTPConnection http.client.HTTPSConnection http.cookiejar.CookieJar
    urllib.request.build_opener urllib.request.urlretrieve urllib.request.Request xmlrpc.client.ServerProxy
    tempfile.SpooledTemporaryFile tempfile.gettempdir tempfile.mktemp fileinput.input fileinput.FileInput
    mailbox.Maildir mailbox.MH dbm.dumb.open selectors.SelectSelector selectors.PollSelector select.poll
    zipimport.zipimporter webbrowser.open subprocess.run subprocess.call subprocess.check_call
    subprocess.check_output os.system os.walk os.fwalk os.listdir pathlib.Path importlib.resources.files
    contextlib.ExitStack ctypes.CDLL random.SystemRandom tkinter.Tcl sched.scheduler collections.deque
    string.Template multiprocessing.get_context multiprocessing.Lock multiprocessing.RLock
    multiprocessing.Event multiprocessing.Condition multiprocessing.Semaphore
    multiprocessing.BoundedSemaphore multiprocessing.Barrier multiprocessing.Queue
    multiprocessing.JoinableQueue multiprocessing.SimpleQueue multiprocessing.Value multiprocessing.Array
    multiprocessing.RawValue multiprocessing.RawArray
    """
)
"""Look-alikes that hold nothing, and `multiprocessing` primitives: some of those hold a pipe, but they
must exist before the fork and so stay at module level (HS-07). A user's wildcard does not reach them."""

MUST_STAY = frozenset(name for name in NOT_A_RESOURCE if name.startswith("multiprocessing."))
"""The part of NOT_A_RESOURCE that is right at module level although it may hold descriptors."""

# -- logging handlers -----------------------------------------------------------------------------------
HANDLERS = {
    **{name: entry.noun for name, entry in _BY_NAME.items() if entry.kind == HANDLER},
    "logging.handlers.SocketHandler": "socket",  # from the first record on
    "logging.handlers.DatagramHandler": "socket",  # from the first record on
    "logging.handlers.NTEventLogHandler": "event log handle",
}
"""Handler class to what it holds, at once or from its first record on."""

PLAIN_HANDLERS = _words(
    """
    logging.Handler logging.StreamHandler logging.NullHandler logging.lastResort
    logging.handlers.QueueHandler logging.handlers.BufferingHandler logging.handlers.MemoryHandler
    logging.handlers.SMTPHandler logging.handlers.HTTPHandler
    """
)
"""Handlers that hold nothing between records (SMTP and HTTP connect once a record)."""

# -- conditions on arguments -------------------------------------------------------------------------------
_ANY = object()  # the argument is given, whatever its value
_HOST = (0, "host")
_NEEDS: dict[str, tuple[tuple[int | None, str], ...]] = {
    **dict.fromkeys(("smtplib.SMTP", "smtplib.SMTP_SSL", "smtplib.LMTP"), (_HOST,)),
    **dict.fromkeys(("ftplib.FTP", "ftplib.FTP_TLS", "telnetlib.Telnet"), (_HOST,)),
    **dict.fromkeys(("serial.Serial", "serial.serialposix.Serial"), ((0, "port"),)),
    "spidev.SpiDev": ((0, "bus"),),
    **dict.fromkeys(("smbus.SMBus", "smbus2.SMBus"), ((0, "bus"),)),
    "cv2.VideoCapture": ((0, "index"), (0, "filename")),
    "cv2.VideoWriter": ((0, "filename"),),
}
"""Opens only when one of these arguments is given, and not as "" or None."""

_DELAY_AT_3 = ((3, "delay", True),)
_DELAY_AT_5 = ((5, "delay", True),)
_CONNECT_OFF = ((4, "connect", False),)
_NOT_OPEN: tuple[tuple[int | None, str, object], ...] = ((None, "open", False),)
_OPENS_NOTHING: dict[str, tuple[tuple[int | None, str, object], ...]] = {
    "logging.FileHandler": _DELAY_AT_3,
    "logging.handlers.WatchedFileHandler": _DELAY_AT_3,
    "logging.handlers.BaseRotatingHandler": _DELAY_AT_3,
    "logging.handlers.RotatingFileHandler": _DELAY_AT_5,
    "logging.handlers.TimedRotatingFileHandler": _DELAY_AT_5,
    **dict.fromkeys(("builtins.open", "io.open", "os.fdopen", "io.FileIO"), ((None, "closefd", False),)),
    "tarfile.open": ((2, "fileobj", _ANY),),
    "tarfile.TarFile.open": ((2, "fileobj", _ANY),),
    "tarfile.TarFile": ((2, "fileobj", _ANY),),
    "gzip.GzipFile": ((3, "fileobj", _ANY),),
    "mmap.mmap": ((0, "fileno", -1),),  # anonymous memory, often shared with forked children on purpose
    **dict.fromkeys((n for n in _BY_NAME if n.startswith("os.spawn")), ((0, "mode", 0),)),  # 0 is P_WAIT
    **dict.fromkeys((n for n in _BY_NAME if n.endswith(".MongoClient")), _CONNECT_OFF),
    **dict.fromkeys(("psycopg_pool.ConnectionPool", "psycopg_pool.NullConnectionPool"), _NOT_OPEN),
    **dict.fromkeys((n for n in _BY_NAME if n.startswith("pymysql.")), ((None, "defer_connect", True),)),
    "happybase.Connection": ((None, "autoconnect", False),),
    **dict.fromkeys((n for n in _BY_NAME if n.startswith("docker.")), ((None, "version", _ANY),)),
    "telebot.TeleBot": ((None, "threaded", False),),
}
"""Opens nothing when the argument (position, keyword) has this value."""

_IN_MEMORY = frozenset({"BytesIO", "StringIO"})
_NULL_DEVICES = frozenset({"/dev/null", "nul", "NUL"})

CLOSERS = _words(
    """
    close aclose closeall close_all shutdown terminate kill killpg send_signal wait waitpid communicate join
    stop stop_all loop_stop cleanup disconnect dispose quit logout cancel detach release unlink remove
    rmtree rmdir server_close destroy term endwin disposeall deleteLater removeHandler unschedule_all exit
    __exit__ __aexit__
    """
)
"""Methods, and functions that take the resource (`os.close`, `shutil.rmtree`), that give it back."""

UNLOAD_HOOKS = _words(
    """
    unregister
    plugin_unloaded unload_handler
    unload_ipython_extension
    teardown cog_unload
    unload
    uninitializePlugin uninitializeSDPlugin close_plugin
    script_unload
    XPluginStop XPluginDisable
    async_unload_entry async_will_remove_from_hass
    do_deactivate deactivate
    on_unload on_shutdown shutdown terminate done
    destroy_app destroy_engine destroy_framework
    teardown_module teardown_package tearDownModule pytest_unconfigure pytest_sessionfinish
    worker_exit worker_abort on_exit
    """
)
"""Functions and methods that hosts call, by name, before they drop a module. Line by line: Blender;
Sublime Text; IPython; discord.py extensions and cogs; QGIS; Maya, Substance Designer and Painter; OBS
Studio; X-Plane; Home Assistant; libpeas (gedit, Rhythmbox), Errbot; pwnagotchi, Omniverse Kit and OctoPrint,
Sopel, NVDA, mitmproxy; ShotGrid Toolkit; unittest, pytest and nose; gunicorn. Hosts that take the hook as
an argument (HexChat `hook_unload`, WeeChat `register`) or by decorator (FastAPI lifespan) have no name here.
"""

LAST_NAMES = frozenset(name.rpartition(".")[2] for name in _BY_NAME) | {"start"}
"""The last segment of every name in the table, methods included: what a fast scan looks for."""


def names() -> dict[str, Entry]:
    """The whole table: qualified name to entry."""
    return dict(_BY_NAME)


def lookup(name: str, extend: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Entry | None:
    """What calling ``name`` opens, or None. ``extend`` and ``ignore`` are qualified names, `*` allowed.

    What ``extend`` names is EAGER, a "resource", except a known look-alike that only a wildcard reached;
    ``ignore`` wins over everything.
    """
    if ignore and any(fnmatchcase(name, pattern) for pattern in ignore):
        return None
    if name in extend or (
        name not in NOT_A_RESOURCE and any(fnmatchcase(name, pattern) for pattern in extend)
    ):
        return Entry(EAGER, "resource")
    return _BY_NAME.get(name)


def opens(name: str, call: ast.Call) -> bool:
    """False when the arguments of ``call`` say that it opens nothing that it keeps.

    No host, `delay=True`, `connect=False`, the null device, an in-memory file. Unknown arguments
    (`*args`, `**kwargs`) count as given.
    """
    needed = _NEEDS.get(name)
    if needed and not any(_is_given(_argument(call, *each)) for each in needed):
        return bool(_spread(call))
    for position, keyword, value in _OPENS_NOTHING.get(name, ()):
        argument = _argument(call, position, keyword)
        if argument is not None and (_is_given(argument) if value is _ANY else _has_value(argument, value)):
            return False
    target = _argument(call, 0, "file") or _argument(call, 0, "filename")
    return not (_is_devnull(target) or _is_in_memory(target))


def _spread(call: ast.Call) -> bool:
    starred = any(isinstance(each, ast.Starred) for each in call.args)
    return starred or any(each.arg is None for each in call.keywords)


def _argument(call: ast.Call, position: int | None, keyword: str) -> ast.expr | None:
    for each in call.keywords:
        if each.arg == keyword:
            return each.value
    before = call.args[: position + 1] if position is not None else []
    if position is None or len(before) <= position or any(isinstance(each, ast.Starred) for each in before):
        return None
    return before[position]


def _is_given(node: ast.expr | None) -> bool:
    return node is not None and not (isinstance(node, ast.Constant) and node.value in ("", None))


def _has_value(node: ast.expr, value: object) -> bool:
    match node:
        case ast.Constant(value=given):
            return bool(given) == value if isinstance(value, bool) else given == value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(given))):
            return -given == value
        case ast.Attribute(attr="P_WAIT") | ast.Name(id="P_WAIT"):
            return value == 0
    return False


def _is_devnull(node: ast.expr | None) -> bool:
    match node:
        case ast.Attribute(attr="devnull") | ast.Name(id="devnull"):
            return True
        case ast.Constant(value=str(text)):
            return text in _NULL_DEVICES
    return False


def _is_in_memory(node: ast.expr | None) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in _IN_MEMORY
    return False


@cache
def looked_at(opt_in: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The calls at import time that rules look at, by their qualified names; and the last parts of these."""
    found = _SPECIAL | {name for name, entry in _BY_NAME.items() if opt_in or entry.kind != LAZY}
    found |= REGISTRIES if opt_in else frozenset()
    return found, frozenset(name.rpartition(".")[2] for name in found) | {"start", "addHandler"}
