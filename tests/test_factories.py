"""The table of factories against the interpreter: what it says a call opens is what the call opens.

Every entry is called in a forked child; descriptors, threads, children and files are counted around it.
"""

from __future__ import annotations

import ast
import json
import pkgutil
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_unload import factories, factory_table
from flake8_unload.factories import EAGER, HANDLER, LAZY, NOT_A_RESOURCE, POOL, STARTABLE, STARTS

V = sys.version_info[:2]
_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts through /proc")

# name -> the expression that calls it; a bare argument list is called on the name itself
OPENS = {
    "builtins.open": "open('f.txt')",
    "io.open": "('f.txt')",
    "_io.open": "('f.txt')",
    "io.FileIO": "('f.txt')",
    "io.open_code": "(os.path.abspath('f.txt'))",
    "codecs.open": "('f.txt')",
    "tokenize.open": "('f.txt')",
    "gzip.open": "('new.gz', 'wb')",
    "gzip.GzipFile": "('new.gz', 'wb')",
    "bz2.open": "('new.bz2', 'wb')",
    "bz2.BZ2File": "('new.bz2', 'wb')",
    "lzma.open": "('new.xz', 'wb')",
    "lzma.LZMAFile": "('new.xz', 'wb')",
    "zipfile.ZipFile": "('f.zip')",
    "zipfile.PyZipFile": "('f.zip')",
    "zipfile.Path": "('f.zip')",
    "zipfile.ZipFile().open": "zipfile.ZipFile('f.zip').open('f.txt')",
    "tarfile.open": "('f.tar')",
    "tarfile.TarFile": "('f.tar')",
    "tarfile.TarFile.open": "('f.tar')",
    "tarfile.TarFile.taropen": "('f.tar')",
    "tarfile.TarFile.gzopen": "('new.tgz', 'w')",
    "tarfile.TarFile.bz2open": "('new.tbz', 'w')",
    "tarfile.TarFile.xzopen": "('new.txz', 'w')",
    "wave.open": "('f.wav', 'wb')",
    "wave.Wave_read": "('g.wav')",
    "wave.Wave_write": "('f.wav')",
    "aifc.open": "('f.aiff', 'wb')",
    "sunau.open": "('f.au', 'wb')",
    "os.fdopen": "(os.open('f.txt', os.O_RDONLY))",
    "pathlib.Path().open": "pathlib.Path('f.txt').open()",
    "pathlib.PosixPath().open": "pathlib.PosixPath('f.txt').open()",
    "importlib.resources.open_text": "('json', '__init__.py')",
    "importlib.resources.open_binary": "('json', '__init__.py')",
    "importlib.resources.files().joinpath().open": "resources('json').joinpath('tool.py').open()",
    "mailbox.mbox": "('box')",
    "mailbox.MMDF": "('box2')",
    "mailbox.Babyl": "('box3')",
    "xml.etree.ElementTree.iterparse": "('f.xml')",
    "xml.dom.pulldom.parse": "('f.xml')",
    "imp.find_module": "('keyword')",
    "tempfile.TemporaryFile": "()",
    "tempfile.NamedTemporaryFile": "()",
    "tempfile.TemporaryDirectory": "()",
    "tempfile.mkdtemp": "()",
    "tempfile.mkstemp": "()",
    "dbm.gnu.open": "('gnu', 'c')",
    "dbm.ndbm.open": "('ndbm', 'c')",
    "dbm.sqlite3.open": "('sqlite', 'c')",
    "os.scandir": "('.')",
    "os.open": "('f.txt', os.O_RDONLY)",
    "os.pipe": "()",
    "os.pipe2": "(0)",
    "os.dup": "(0)",
    "os.openpty": "()",
    "os.posix_openpt": "(os.O_RDWR)",
    "os.memfd_create": "('m')",
    "os.eventfd": "(0)",
    "os.pidfd_open": "(os.getpid())",
    "os.timerfd_create": "(time.CLOCK_MONOTONIC)",
    "pty.openpty": "()",
    "mmap.mmap": "(file_descriptor, 0, access=mmap.ACCESS_READ)",
    "multiprocessing.shared_memory.SharedMemory": "(create=True, size=9)",
    "multiprocessing.shared_memory.ShareableList": "([1])",
    "socket.socket": "()",
    "socket.SocketType": "()",
    "socket.create_connection": "(('127.0.0.1', port))",
    "socket.create_server": "(('127.0.0.1', 0))",
    "socket.socketpair": "()",
    "socket.fromfd": "(listener.fileno(), socket.AF_INET, socket.SOCK_STREAM)",
    "ssl.wrap_socket": "(socket.socket())",
    "ssl.SSLContext().wrap_socket": "ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(socket.socket(), "
    "server_hostname='h', do_handshake_on_connect=False)",
    "ssl.create_default_context().wrap_socket": "ssl.create_default_context().wrap_socket(socket.socket(), "
    "server_hostname='h', do_handshake_on_connect=False)",
    "multiprocessing.connection.Listener": "()",
    "multiprocessing.connection.Client": "(('127.0.0.1', port))",
    "asyncore.dispatcher().create_socket": "asyncore.dispatcher().create_socket() or asyncore.socket_map",
    **{
        f"socketserver.{kind}{protocol}Server": "(('127.0.0.1', 0), None)"
        for kind in ("", "Threading", "Forking")
        for protocol in ("TCP", "UDP")
    },
    **{
        f"socketserver.{kind}Unix{protocol}Server": f"('{kind}{protocol}.sock', None)"
        for kind in ("", "Threading", "Forking")
        for protocol in ("Stream", "Datagram")
    },
    "http.server.HTTPServer": "(('127.0.0.1', 0), None)",
    "http.server.ThreadingHTTPServer": "(('127.0.0.1', 0), None)",
    "wsgiref.simple_server.make_server": "('127.0.0.1', 0, None)",
    "wsgiref.simple_server.WSGIServer": "(('127.0.0.1', 0), None)",
    "xmlrpc.server.SimpleXMLRPCServer": "(('127.0.0.1', 0))",
    "xmlrpc.server.DocXMLRPCServer": "(('127.0.0.1', 0))",
    "smtpd.SMTPServer": "(('127.0.0.1', 0), None)",
    "smtpd.DebuggingServer": "(('127.0.0.1', 0), None)",
    "sqlite3.connect": "('f.db')",
    "sqlite3.Connection": "('f.db')",
    "urllib.request.urlopen": "(url)",
    "urllib.request.build_opener().open": "urllib.request.build_opener().open(url)",
    "smtplib.SMTP": "('127.0.0.1', ports['smtp'])",
    "smtplib.LMTP": "('127.0.0.1', ports['smtp'])",
    "imaplib.IMAP4": "('127.0.0.1', ports['imap'])",
    "imaplib.IMAP4_stream": "('sh imap.sh')",
    "poplib.POP3": "('127.0.0.1', ports['pop'])",
    "nntplib.NNTP": "('127.0.0.1', ports['nntp'])",
    "telnetlib.Telnet": "('127.0.0.1', port)",
    "asyncio.new_event_loop": "()",
    "asyncio.SelectorEventLoop": "()",
    "asyncio.Runner().get_loop": "[runner := asyncio.Runner(), runner.get_loop()]",
    "asyncio.get_event_loop_policy().new_event_loop": "asyncio.get_event_loop_policy().new_event_loop()",
    "asyncio.DefaultEventLoopPolicy().new_event_loop": "asyncio.DefaultEventLoopPolicy().new_event_loop()",
    "selectors.DefaultSelector": "()",
    "selectors.EpollSelector": "()",
    "select.epoll": "()",
    "concurrent.futures.ProcessPoolExecutor": "(1)",
    "multiprocessing.Pool": "(1)",
    "multiprocessing.pool.Pool": "(1)",
    "multiprocessing.get_context().Pool": "multiprocessing.get_context('fork').Pool(1)",
    "multiprocessing.pool.ThreadPool": "(1)",
    "multiprocessing.dummy.Pool": "(1)",
    "multiprocessing.Manager": "()",
    "multiprocessing.get_context().Manager": "multiprocessing.get_context('fork').Manager()",
    **{
        f"multiprocessing.managers.{kind}().start": f"[m := multiprocessing.managers.{kind}(), m.start()]"
        for kind in ("SyncManager", "BaseManager", "SharedMemoryManager")
    },
    "os.popen": "('sleep 2')",
    "pipes.Template().open": "pipes.Template().open('f.txt', 'r')",
    "multiprocessing.Pipe": "()",
    "multiprocessing.connection.Pipe": "()",
    "multiprocessing.get_context().Pipe": "multiprocessing.get_context('fork').Pipe()",
    "subprocess.Popen": "(['sleep', '2'])",
    "os.spawnl": "(os.P_NOWAIT, '/bin/sleep', 'sleep', '2')",
    "os.spawnle": "(os.P_NOWAIT, '/bin/sleep', 'sleep', '2', {})",
    "os.spawnlp": "(os.P_NOWAIT, 'sleep', 'sleep', '2')",
    "os.spawnlpe": "(os.P_NOWAIT, 'sleep', 'sleep', '2', {})",
    "os.spawnv": "(os.P_NOWAIT, '/bin/sleep', ['sleep', '2'])",
    "os.spawnve": "(os.P_NOWAIT, '/bin/sleep', ['sleep', '2'], {})",
    "os.spawnvp": "(os.P_NOWAIT, 'sleep', ['sleep', '2'])",
    "os.spawnvpe": "(os.P_NOWAIT, 'sleep', ['sleep', '2'], {})",
    "os.posix_spawn": "('/bin/sleep', ['sleep', '2'], {})",
    "os.posix_spawnp": "('sleep', ['sleep', '2'], {})",
    "os.fork": "os.fork() or (time.sleep(2), os._exit(0))",
    "os.forkpty": "os.forkpty()[0] or (time.sleep(2), os._exit(0))",
    "pty.fork": "pty.fork()[0] or (time.sleep(2), os._exit(0))",
    "_thread.start_new_thread": "(time.sleep, (2,))",
    "_thread.start_new": "(time.sleep, (2,))",
    "_thread.start_joinable_thread": "(functools.partial(time.sleep, 2))",
    "logging.FileHandler": "('l.log')",
    "logging.handlers.RotatingFileHandler": "('l.log')",
    "logging.handlers.TimedRotatingFileHandler": "('l.log')",
    "logging.handlers.WatchedFileHandler": "('l.log')",
    "logging.handlers.BaseRotatingHandler": "('l.log', 'a')",
    "logging.handlers.SysLogHandler": "(('127.0.0.1', 514))",
    # what starts or fills up in a second step
    "concurrent.futures.ThreadPoolExecutor": "[p := concurrent.futures.ThreadPoolExecutor(), p.submit(int)]",
    "threading.Thread": "threading.Thread(target=time.sleep, args=(2,), daemon=True).start()",
    "threading.Timer": "threading.Timer(2, int).start()",
    "multiprocessing.dummy.Process": "multiprocessing.dummy.Process(target=time.sleep, args=(2,)).start()",
    "logging.handlers.QueueListener": "logging.handlers.QueueListener(queue.Queue()).start()",
    "logging.config.listen": "logging.config.listen(0).start()",
    **{
        f"multiprocessing.{name}": f"[p := multiprocessing.{name}(target=time.sleep, args=(2,)), p.start()]"
        for name in ("Process", "context.Process", "context.ForkProcess")
    },
    "multiprocessing.get_context().Process": "[p := multiprocessing.get_context('fork').Process("
    "target=time.sleep, args=(2,)), p.start()]",
}

NOT_RUN = {
    "no TLS server here": """smtplib.SMTP_SSL ftplib.FTP_TLS imaplib.IMAP4_SSL poplib.POP3_SSL
        nntplib.NNTP_SSL http.server.HTTPSServer http.server.ThreadingHTTPSServer""",
    "the constructor takes no port, and 21 is privileged": "ftplib.FTP",
    "needs a display": "tkinter.Tk turtle.Screen turtle.Turtle",
    "needs a terminal": "curses.initscr",
    "needs a sound card": "ossaudiodev.open ossaudiodev.openmixer",
    "which backend holds descriptors depends on the build": "dbm.open shelve.open shelve.DbfilenameShelf",
    "abstract, or starts an interpreter that imports this file": """multiprocessing.process.BaseProcess
        multiprocessing.context.SpawnProcess multiprocessing.context.ForkServerProcess""",
    "later than the Pythons tested here": """compression.gzip.open compression.gzip.GzipFile
        compression.bz2.open compression.bz2.BZ2File compression.lzma.open compression.lzma.LZMAFile
        compression.zstd.open compression.zstd.ZstdFile concurrent.futures.InterpreterPoolExecutor
        concurrent.futures.interpreter.InterpreterPoolExecutor""",
    "Windows, macOS, Solaris": """pathlib.WindowsPath().open msilib.OpenDatabase winreg.OpenKey
        winreg.OpenKeyEx winreg.CreateKey winreg.CreateKeyEx winreg.ConnectRegistry msvcrt.open_osfhandle
        socket.fromshare asyncio.ProactorEventLoop selectors.KqueueSelector selectors.DevpollSelector
        select.kqueue select.devpoll os.startfile""",
}

NOTHING = {
    "io.TextIOWrapper": "(io.BytesIO())",
    "io.BufferedReader": "(io.BytesIO())",
    "threading.Barrier": "(2)",
    "contextvars.ContextVar": "('v')",
    "re.compile": "('x')",
    "struct.Struct": "('i')",
    "logging.getLogger": "('x')",
    "http.client.HTTPConnection": "('127.0.0.1')",
    "http.client.HTTPSConnection": "('127.0.0.1')",
    "ssl.SSLContext": "(ssl.PROTOCOL_TLS_CLIENT)",
    "urllib.request.urlretrieve": "(url, 'f.txt2') and os.remove('f.txt2')",
    "urllib.request.Request": "('http://127.0.0.1')",
    "xmlrpc.client.ServerProxy": "('http://127.0.0.1')",
    "fileinput.input": "(['f.txt'])",
    "fileinput.FileInput": "(['f.txt'])",
    "mailbox.Maildir": "('.', create=False)",
    "mailbox.MH": "('.', create=False)",
    "dbm.dumb.open": "('dumb', 'n')",
    "zipimport.zipimporter": "('f.zip')",
    "subprocess.run": "(['true'])",
    "subprocess.call": "(['true'])",
    "subprocess.check_call": "(['true'])",
    "subprocess.check_output": "(['true'])",
    "os.system": "('true')",
    "os.walk": "('.')",
    "os.fwalk": "('.')",
    "importlib.resources.files": "('json')",
    "ctypes.CDLL": "(None)",
    "string.Template": "('x')",
}
NOTHING_NOT_RUN = {"webbrowser.open", "tkinter.Tcl"}  # a browser; a library that is not always there

GATES = {  # by version; every other name is in every Python
    "imp.": V < (3, 12),
    "smtpd.": V < (3, 12),
    "asyncore.": V < (3, 12),
    "ssl.wrap_socket": V < (3, 12),
    **dict.fromkeys(("aifc.", "sunau.", "nntplib.", "telnetlib.", "pipes."), V < (3, 13)),
    "compression.": V >= (3, 14),
    "concurrent.futures.InterpreterPoolExecutor": V >= (3, 14),
    "concurrent.futures.interpreter.": V >= (3, 14),
    "http.server.HTTPSServer": V >= (3, 14),
    "http.server.ThreadingHTTPSServer": V >= (3, 14),
    "dbm.sqlite3.": V >= (3, 13),
    "os.posix_openpt": V >= (3, 13),
    "os.timerfd_create": V >= (3, 13),
    "_thread.start_joinable_thread": V >= (3, 13),
    "socketserver.ForkingUnix": V >= (3, 12),
    "asyncio.Runner": V >= (3, 11),
}
BUILD = tuple(
    """
    dbm.gnu. dbm.ndbm. tkinter. turtle. curses. ossaudiodev. msilib. winreg. msvcrt. socket.fromshare
    asyncio.Proactor selectors.Kqueue selectors.Devpoll select.kqueue select.devpoll os.startfile
    """.split()
)  # there or not by how Python was built, and for which system

RETURNED = {
    "multiprocessing.get_context()": "multiprocessing.context.DefaultContext",
    "urllib.request.build_opener()": "urllib.request.OpenerDirector",
    "ssl.create_default_context()": "ssl.SSLContext",
    "asyncio.get_event_loop_policy()": "asyncio.AbstractEventLoopPolicy",
    "importlib.resources.files().joinpath()": "pathlib.Path",
}

_RUNNER = r"""
import asyncio, builtins, concurrent.futures, functools, importlib.resources, io, json, logging.config
import logging.handlers, mmap, multiprocessing.connection, multiprocessing.dummy, multiprocessing.managers
import multiprocessing.pool, multiprocessing.shared_memory, os, pathlib, pty, queue, select, signal, socket
import ssl, subprocess, sys, tarfile, threading, time, urllib.request, warnings, wave, zipfile
warnings.simplefilter("ignore")

def serve(greeting, answer):
    listener = socket.create_server(("127.0.0.1", 0))
    def talk(connection):
        with connection, connection.makefile("rwb", buffering=0) as stream:
            stream.write(greeting)
            for line in stream:
                stream.write(answer(line))
    def accept():
        while True:
            threading.Thread(target=talk, args=(listener.accept()[0],), daemon=True).start()
    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]

def imap(line):
    tag = line.split()[0]
    return b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n"

ports = {
    "smtp": serve(b"220 here\r\n", lambda line: b"250 ok\r\n"),
    "pop": serve(b"+OK here\r\n", lambda line: b"+OK\r\n"),
    "imap": serve(b"* OK here\r\n", imap),
    "nntp": serve(b"200 here\r\n", lambda line: b"500 what\r\n"),
}
listener = socket.create_server(("127.0.0.1", 0), backlog=99)
port = listener.getsockname()[1]
pathlib.Path("f.txt").write_text("x\n")
resources = importlib.resources.files
url = pathlib.Path("f.txt").absolute().as_uri()
pathlib.Path("f.xml").write_text("<a><b/></a>")
pathlib.Path("imap.sh").write_text(
    "printf '* OK here\\r\\n'; while read tag rest; do"
    " printf \"* CAPABILITY IMAP4rev1\\r\\n$tag OK done\\r\\n\"; done")
with zipfile.ZipFile("f.zip", "w") as z: z.write("f.txt")
with tarfile.open("f.tar", "w") as t: t.add("f.txt")
with wave.open("g.wav", "wb") as w: w.setparams((1, 1, 8000, 0, "NONE", "")); w.writeframes(b"")
file_descriptor = os.open("f.txt", os.O_RDONLY)
os.mkdir("tmp"); tempdir = os.path.abspath("tmp"); os.environ["TMPDIR"] = tempdir

def count():
    descriptors = len(os.listdir("/proc/self/fd"))
    with open(f"/proc/self/task/{os.getpid()}/children") as children:
        born = len(children.read().split())
    return descriptors, len(os.listdir("/proc/self/task")), born, len(os.listdir(tempdir))

def measure(name, expression):
    root = name.partition("()")[0]
    module = root
    while module:
        try: __import__(module)
        except ImportError: module = module.rpartition(".")[0]
        else: break
    top = root.partition(".")[0]
    globals()[top] = sys.modules[top]
    before = count()
    value = eval(expression if not expression.startswith("(") else root + expression)
    time.sleep(0.05)
    after = count()
    for owner in (value, getattr(value, "shm", None)):
        if type(owner).__name__ == "SharedMemory": owner.unlink()
    return [b - a for a, b in zip(before, after)]

def in_child(name, expression):
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        os.close(read)
        me = os.getpid()
        try: answer = measure(name, expression)
        except BaseException as error: answer = f"{type(error).__name__}: {error}"
        if os.getpid() == me: os.write(write, json.dumps(answer).encode())
        os._exit(0)
    os.close(write)
    answer = b""
    if select.select([read], [], [], 20)[0]: answer = os.read(read, 9999)
    try: os.killpg(child, signal.SIGKILL)
    except OSError: pass
    os.waitpid(child, 0)
    os.close(read)
    return json.loads(answer or b'"nothing came back"')

with open(sys.argv[1]) as cases, open(sys.argv[2], "w") as results:
    json.dump([in_child(name, expression) for name, expression in json.load(cases)], results)
"""


def _measured(cases: list[tuple[str, str]], where: Path) -> list[object]:
    """For each (name, expression): [descriptors, threads, children, temporary files] gained, or the error."""
    (where / "cases.json").write_text(json.dumps(cases))
    (where / "runner.py").write_text(_RUNNER)
    command = [sys.executable, "runner.py", "cases.json", "results.json"]
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=where, check=True, stdin=quiet, stdout=quiet, stderr=quiet, timeout=300)
    found: list[object] = json.loads((where / "results.json").read_text())
    return found


def _stdlib() -> dict[str, str]:
    return {name: kind for kind, _, listed in factory_table.STDLIB for name in listed.split()}


def _resolved(name: str) -> object:
    """The object that ``name`` means on this Python, or None."""
    for call, result in RETURNED.items():
        name = name.replace(call, result)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found: object = pkgutil.resolve_name(name.replace("()", ""))
        except (ImportError, AttributeError):
            return None
    return found


def _runnable(names: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, expression) for name, expression in names.items() if _resolved(name) is not None]


def _expected(name: str) -> bool | None:
    if name.startswith(BUILD):
        return None
    return next((there for gate, there in GATES.items() if name.startswith(gate)), True)


# -- the tables -------------------------------------------------------------------------------------
def test_no_name_is_listed_twice() -> None:
    listed = [
        name
        for _, _, names in factory_table.STDLIB + factory_table.THIRD_PARTY
        for name in names.replace("!", "").split()
    ]
    assert [name for name, times in Counter(listed).items() if times > 1] == []
    assert set(listed) == set(factories.names())
    assert not set(listed) & NOT_A_RESOURCE
    assert not set(factories.HANDLERS) & factories.PLAIN_HANDLERS


def test_last_names_hold_every_last_segment() -> None:
    assert {name.split(".")[-1] for name in factories.names()} | {"start"} == factories.LAST_NAMES
    assert not any("(" in name for name in factories.LAST_NAMES)


def test_nouns_fit_into_messages() -> None:
    nouns = {entry.noun for entry in factories.names().values()}
    assert all(noun == noun.strip() and len(noun) <= 28 for noun in nouns)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other platforms lack some names")
@pytest.mark.parametrize(
    "name", sorted({*_stdlib(), *NOT_A_RESOURCE, *factories.HANDLERS, *factories.PLAIN_HANDLERS})
)
def test_stdlib_names_are_real(name: str) -> None:
    expected = _expected(name)
    assert expected is None or (_resolved(name) is not None) == expected


def test_every_stdlib_entry_is_run_or_says_why_not() -> None:
    excused = {name for names in NOT_RUN.values() for name in names.split()}
    assert not excused & set(OPENS)
    run = [_resolved(name) for name in OPENS]
    missing = [name for name in set(_stdlib()) - excused - set(OPENS) if _resolved(name) not in run]
    assert missing == []


# -- against the interpreter ------------------------------------------------------------------------
@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A short path: that of a socket below it may have no more than 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="unl") as folder:
        yield Path(folder)


@_LINUX
def test_what_opens_something_does(tmp_path: Path) -> None:
    cases = _runnable({name: expression for name, expression in OPENS.items() if name in _stdlib()})
    found = dict(zip(cases, _measured(cases, tmp_path), strict=True))
    assert {
        case: grown for case, grown in found.items() if not (isinstance(grown, list) and max(grown) > 0)
    } == {}


@_LINUX
def test_startable_and_pools_hold_nothing_yet(tmp_path: Path) -> None:
    arguments = {"threading.Timer": "(2, int)", "logging.handlers.QueueListener": "(None)"}
    cases = [
        (name, arguments.get(name, "()"))
        for name, kind in _stdlib().items()
        if kind in (STARTABLE, POOL) and "()" not in name and _resolved(name) is not None
        if "BaseProcess" not in name
    ]
    found = dict(zip(cases, _measured(cases, tmp_path), strict=True))
    assert {case: grown for case, grown in found.items() if grown != [0, 0, 0, 0]} == {}


@_LINUX
def test_look_alikes_open_nothing(tmp_path: Path) -> None:
    skipped = factories.MUST_STAY | NOTHING_NOT_RUN
    cases = _runnable({name: NOTHING.get(name, "()") for name in sorted(NOT_A_RESOURCE - skipped)})
    found = dict(zip(cases, _measured(cases, tmp_path), strict=True))
    assert {case: grown for case, grown in found.items() if grown != [0, 0, 0, 0]} == {}


@_LINUX
def test_handlers(tmp_path: Path) -> None:
    record = "logging.makeLogRecord({'msg': 'x'})"
    made = {
        "logging.handlers.SocketHandler": "logging.handlers.SocketHandler('127.0.0.1', port)",
        "logging.handlers.DatagramHandler": "logging.handlers.DatagramHandler('127.0.0.1', port)",
    }
    cases = list(made.items())
    cases += [(name, f"[h := {expression}, h.emit({record})]") for name, expression in made.items()]
    assert _measured(cases, tmp_path) == [[0, 0, 0, 0]] * 2 + [[1, 0, 0, 0]] * 2


# -- conditions on arguments ------------------------------------------------------------------------
ROTATING, WATCHED = "logging.handlers.RotatingFileHandler", "logging.handlers.WatchedFileHandler"
CONDITIONS = [
    ("smtplib.SMTP", "smtplib.SMTP()", False),
    ("smtplib.SMTP", "smtplib.SMTP('')", False),
    ("smtplib.SMTP", "smtplib.SMTP('127.0.0.1', ports['smtp'])", True),
    ("smtplib.SMTP", "smtplib.SMTP(host='127.0.0.1', port=ports['smtp'])", True),
    ("smtplib.SMTP", "smtplib.SMTP(*('127.0.0.1', ports['smtp']))", True),
    ("smtplib.SMTP", "smtplib.SMTP(**{'host': '127.0.0.1', 'port': ports['smtp']})", True),
    ("smtplib.SMTP", "smtplib.SMTP(timeout=3)", False),
    ("ftplib.FTP", "ftplib.FTP()", False),
    ("ftplib.FTP", "ftplib.FTP(timeout=3)", False),
    ("telnetlib.Telnet", "telnetlib.Telnet()", False),
    ("logging.FileHandler", "logging.FileHandler('a.log')", True),
    ("logging.FileHandler", "logging.FileHandler('a.log', delay=True)", False),
    ("logging.FileHandler", "logging.FileHandler('a.log', delay=1)", False),
    ("logging.FileHandler", "logging.FileHandler('a.log', delay=False)", True),
    ("logging.FileHandler", "logging.FileHandler('a.log', 'a', None, True)", False),
    (ROTATING, "logging.handlers.RotatingFileHandler('a.log', 'a', 0, 0, None, 1)", False),
    (ROTATING, "logging.handlers.RotatingFileHandler('a.log', 'a', 0, 1)", True),
    (WATCHED, "logging.handlers.WatchedFileHandler('a.log', delay=True)", False),
    ("builtins.open", "open('f.txt')", True),
    ("builtins.open", "open(file_descriptor, closefd=False)", False),
    ("gzip.GzipFile", "gzip.GzipFile(fileobj=io.BytesIO(), mode='wb')", False),
    ("gzip.GzipFile", "gzip.GzipFile('x.gz', 'wb', fileobj=None)", True),
    ("gzip.open", "gzip.open(io.BytesIO())", False),
    ("tarfile.open", "tarfile.open(fileobj=io.BytesIO(), mode='w')", False),
    ("zipfile.ZipFile", "zipfile.ZipFile(io.BytesIO(), 'w')", False),
    ("wave.open", "wave.open(io.BytesIO(), 'wb')", False),
    ("mmap.mmap", "mmap.mmap(-1, 9)", False),
    ("mmap.mmap", "mmap.mmap(fileno=-1, length=9)", False),
    ("os.spawnl", "os.spawnl(os.P_WAIT, '/bin/true', 'true')", False),
    ("subprocess.Popen", "subprocess.Popen(['sleep', '2'])", True),
    ("sqlite3.connect", "sqlite3.connect('new.db')", True),
]  # fmt: skip


@_LINUX
def test_conditions_are_those_of_the_interpreter(tmp_path: Path) -> None:
    cases = [(name, expression) for name, expression, _ in CONDITIONS if _resolved(name) is not None]
    grown = dict(zip((expression for _, expression in cases), _measured(cases, tmp_path), strict=True))
    for name, expression, expected in CONDITIONS:
        call = ast.parse(expression, mode="eval").body
        assert isinstance(call, ast.Call)
        assert factories.opens(name, call) is expected, expression
        if expression in grown:
            found = grown[expression]
            assert isinstance(found, list) and (max(found) > 0) is expected, (expression, found)


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("builtins.open", "open(os.devnull)", False),
        ("builtins.open", "open('/dev/null', 'w')", False),
        ("builtins.open", "open(file=os.devnull, mode='w')", False),
        ("pymongo.MongoClient", "MongoClient()", True),
        ("pymongo.MongoClient", "MongoClient(uri, connect=False)", False),
        ("pymongo.MongoClient", "MongoClient('h', 1, dict, False, False)", False),
        ("pymongo.MongoClient", "MongoClient(uri, **options)", True),
        ("serial.Serial", "Serial()", False),
        ("serial.Serial", "Serial(baudrate=9600)", False),
        ("serial.Serial", "Serial(port=None)", False),
        ("serial.Serial", "Serial('/dev/ttyS0')", True),
        ("cv2.VideoCapture", "VideoCapture()", False),
        ("cv2.VideoCapture", "VideoCapture(0)", True),
        ("psycopg_pool.ConnectionPool", "ConnectionPool(dsn, open=False)", False),
        ("pymysql.connect", "connect(defer_connect=True)", False),
        ("docker.from_env", "from_env(version='1.41')", False),
        ("docker.from_env", "from_env()", True),
        # an argument of the same name means nothing to another factory
        ("sqlite3.connect", "connect(path, delay=True)", True),
        ("zipfile.ZipFile", "ZipFile(path, delay=True)", True),
    ],
)
def test_conditions(name: str, source: str, expected: bool) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert factories.lookup(name) is not None
    assert factories.opens(name, call) is expected


# -- lookup -----------------------------------------------------------------------------------------
def test_lookup_of_the_table() -> None:
    assert factories.lookup("builtins.open") == (EAGER, "file")
    assert factories.lookup("subprocess.Popen") == (STARTS, "process")
    assert factories.lookup("logging.FileHandler") == (HANDLER, "file")
    assert factories.lookup("sqlalchemy.create_engine") == (LAZY, "database client")
    assert factories.lookup("open") is None
    assert factories.lookup("Builtins.Open") is None
    assert factories.lookup("") is None


def test_extend_takes_names_and_wildcards() -> None:
    resource = (EAGER, "resource")
    assert factories.lookup("mine.connect", extend=("mine.connect",)) == resource
    assert factories.lookup("mine.db.connect", extend=("mine.*",)) == resource
    assert factories.lookup("mine.db.connect", extend=("*.connect",)) == resource
    assert factories.lookup("yours.connect", extend=("mine.*",)) is None
    assert factories.lookup("minexconnect", extend=("mine.connect",)) is None
    assert factories.lookup("sqlalchemy.create_engine", extend=("sqlalchemy.*",)) == resource


def test_a_wildcard_does_not_reach_look_alikes() -> None:
    assert factories.lookup("threading.Lock", extend=("threading.*",)) is None
    assert factories.lookup("multiprocessing.Queue", extend=("*.Queue",)) is None
    assert factories.lookup("threading.Lock", extend=("threading.Lock",)) == (EAGER, "resource")


def test_ignore_wins() -> None:
    assert factories.lookup("builtins.open", ignore=("builtins.open",)) is None
    assert factories.lookup("sqlite3.connect", ignore=("*.connect",)) is None
    assert factories.lookup("mine.connect", extend=("mine.*",), ignore=("mine.c*",)) is None
    assert factories.lookup("builtins.open", ignore=("io.open",)) == (EAGER, "file")


def test_hooks_and_closers_are_plain_names() -> None:
    assert all(name.isidentifier() for name in factories.UNLOAD_HOOKS | factories.CLOSERS)
    assert {"unregister", "plugin_unloaded", "teardown", "cog_unload", "unload"} <= factories.UNLOAD_HOOKS
    assert {"close", "shutdown", "terminate", "stop", "cleanup", "dispose", "aclose"} <= factories.CLOSERS
