"""Names of calls that register something with the process. Data only."""

from __future__ import annotations

REGISTRIES = frozenset(
    """
    atexit.register codecs.register codecs.register_error copyreg.pickle warnings.filterwarnings
    warnings.simplefilter sys.path.append sys.path.insert sys.path.extend sys.meta_path.append
    sys.meta_path.insert sys.path_hooks.append sys.path_hooks.insert gc.callbacks.append faulthandler.enable
    faulthandler.register logging.captureWarnings locale.setlocale mimetypes.add_type os.register_at_fork
    multiprocessing.set_start_method sys.settrace sys.setprofile threading.settrace threading.setprofile
    sys.addaudithook sys.setrecursionlimit socket.setdefaulttimeout readline.set_completer""".split()
)
