"""What a call opens: one table of qualified names. Data, and the few conditions on arguments.

Read a section as "calling any of these names opens a …". Entries of the standard library were
verified by running (`tests/test_factories.py`); third-party ones were read in the projects'
documentation and, where they import without a server, run as well (SEMANTICS 3.1 and 3.3).
"""

from __future__ import annotations

import ast
from fnmatch import fnmatchcase
from typing import NamedTuple

EAGER = "eager"  # the call itself opens something that stays held
POOL = "pool"  # holds threads once work is submitted to it
LOOP_BOUND = "loop-bound"  # its pool belongs to the first event loop that uses it
STARTS = "starts"  # the call itself starts a thread, process or background service
STARTABLE = "startable"  # nothing yet; `.start()` starts a thread or process
HANDLER = "handler"  # a logging handler that holds a file or socket
LAZY = "lazy"  # a client that opens nothing until it is used


class Entry(NamedTuple):
    """What a factory gives: its kind, and the noun that messages use."""

    kind: str
    noun: str


_TABLE: dict[tuple[str, str], str] = {
    # -- standard library -----------------------------------------------------------------------
    (EAGER, "file"): """
        builtins.open io.open io.FileIO io.open_code codecs.open tokenize.open fileinput.input fileinput.FileInput
        gzip.open gzip.GzipFile bz2.open bz2.BZ2File lzma.open lzma.LZMAFile zipfile.ZipFile zipfile.PyZipFile
        tarfile.open tarfile.TarFile tarfile.TarFile.open wave.open aifc.open sunau.open
        tempfile.TemporaryFile tempfile.NamedTemporaryFile os.fdopen os.popen
        dbm.open dbm.gnu.open dbm.ndbm.open dbm.sqlite3.open shelve.open shelve.DbfilenameShelf
        compression.zstd.open compression.zstd.ZstdFile mailbox.mbox mailbox.MMDF mailbox.Babyl
        pathlib.Path().open pathlib.PosixPath().open importlib.resources.open_text importlib.resources.open_binary""",
    (EAGER, "raw file descriptor"): """
        os.open os.pipe os.pipe2 os.dup os.openpty os.memfd_create os.eventfd os.pidfd_open os.timerfd_create
        pty.openpty pty.fork tempfile.mkstemp""",
    (EAGER, "temporary directory"): "tempfile.TemporaryDirectory tempfile.mkdtemp",
    (EAGER, "directory iterator"): "os.scandir",
    (EAGER, "memory map"): "mmap.mmap",
    (EAGER, "shared memory segment"): "multiprocessing.shared_memory.SharedMemory multiprocessing.shared_memory.ShareableList",
    (EAGER, "socket"): """
        socket.socket socket.SocketType socket.create_connection socket.create_server socket.socketpair
        socket.fromfd socket.socket.fromfd
        socketserver.TCPServer socketserver.UDPServer socketserver.ThreadingTCPServer socketserver.ThreadingUDPServer
        socketserver.ForkingTCPServer socketserver.ForkingUDPServer socketserver.UnixStreamServer
        socketserver.UnixDatagramServer socketserver.ThreadingUnixStreamServer socketserver.ThreadingUnixDatagramServer
        http.server.HTTPServer http.server.ThreadingHTTPServer http.server.HTTPSServer
        wsgiref.simple_server.make_server wsgiref.simple_server.WSGIServer
        xmlrpc.server.SimpleXMLRPCServer xmlrpc.server.DocXMLRPCServer
        multiprocessing.connection.Listener multiprocessing.connection.Client asyncore.dispatcher""",
    (EAGER, "connection"): """
        sqlite3.connect sqlite3.Connection sqlite3.dbapi2.connect urllib.request.urlopen urllib.request.urlretrieve
        smtplib.SMTP smtplib.SMTP_SSL smtplib.LMTP ftplib.FTP ftplib.FTP_TLS imaplib.IMAP4 imaplib.IMAP4_SSL
        imaplib.IMAP4_stream poplib.POP3 poplib.POP3_SSL nntplib.NNTP nntplib.NNTP_SSL telnetlib.Telnet""",
    (EAGER, "event loop"): "asyncio.new_event_loop asyncio.SelectorEventLoop asyncio.Runner().get_loop asyncio.events.new_event_loop",
    (EAGER, "selector"): """
        selectors.DefaultSelector selectors.EpollSelector selectors.KqueueSelector selectors.DevpollSelector
        select.epoll select.kqueue select.devpoll""",
    (EAGER, "process pool"): """
        concurrent.futures.ProcessPoolExecutor concurrent.futures.process.ProcessPoolExecutor
        multiprocessing.Pool multiprocessing.pool.Pool multiprocessing.get_context().Pool""",
    (EAGER, "thread pool"): "multiprocessing.pool.ThreadPool multiprocessing.dummy.Pool",
    (EAGER, "manager process"): "multiprocessing.Manager multiprocessing.managers.SyncManager().start",
    (EAGER, "window"): "tkinter.Tk turtle.Screen curses.initscr",
    (POOL, "thread pool"): """
        concurrent.futures.ThreadPoolExecutor concurrent.futures.thread.ThreadPoolExecutor
        concurrent.futures.InterpreterPoolExecutor""",
    (STARTS, "process"): "subprocess.Popen os.spawnl os.spawnlp os.spawnv os.spawnvp os.posix_spawn os.posix_spawnp os.fork os.forkpty",
    (STARTS, "thread"): "_thread.start_new_thread _thread.start_joinable_thread thread.start_new_thread",
    (STARTABLE, "thread"): "threading.Thread threading.Timer threading._Timer multiprocessing.dummy.Process",
    (STARTABLE, "process"): "multiprocessing.Process multiprocessing.context.Process multiprocessing.get_context().Process",
    (HANDLER, "file"): """
        logging.FileHandler logging.handlers.RotatingFileHandler logging.handlers.TimedRotatingFileHandler
        logging.handlers.WatchedFileHandler logging.handlers.BaseRotatingHandler""",
    (HANDLER, "socket"): "logging.handlers.SysLogHandler",
    # -- databases ------------------------------------------------------------------------------
    (EAGER, "database connection"): """
        psycopg2.connect psycopg.connect psycopg.Connection.connect psycopg2.pool.SimpleConnectionPool
        psycopg2.pool.ThreadedConnectionPool psycopg_pool.ConnectionPool MySQLdb.connect MySQLdb.Connection
        pymysql.connect pymysql.Connection pymysql.connections.Connection mysql.connector.connect
        mysql.connector.pooling.MySQLConnectionPool mariadb.connect mariadb.ConnectionPool cx_Oracle.connect
        cx_Oracle.SessionPool oracledb.connect oracledb.create_pool pyodbc.connect pymssql.connect ibm_db.connect
        ibm_db_dbi.connect fdb.connect firebird.driver.connect teradatasql.connect snowflake.connector.connect
        pg8000.connect pg8000.dbapi.connect pg8000.native.Connection pgdb.connect redshift_connector.connect
        databricks.sql.connect pyhive.hive.connect pyhive.hive.Connection impala.dbapi.connect trino.dbapi.connect
        phoenixdb.connect vertica_python.connect hdbcli.dbapi.connect duckdb.connect apsw.Connection
        sqlcipher3.dbapi2.connect pysqlite2.dbapi2.connect pysqlite3.connect clickhouse_connect.get_client
        clickhouse_driver.dbapi.connect sqlalchemy.create_engine().connect sqlalchemy.create_engine().raw_connection
        sqlalchemy.create_engine().begin cassandra.cluster.Cluster().connect happybase.Connection
        pymongo.MongoClient pymongo.mongo_client.MongoClient mongoengine.connect mongoengine.register_connection
        rethinkdb.r.connect rethinkdb.connect arango.ArangoClient().db kazoo.client.KazooClient().start
        jaydebeapi.connect adbc_driver_postgresql.dbapi.connect lmdb.open lmdb.Environment plyvel.DB leveldb.LevelDB
        rocksdb.DB h5py.File netCDF4.Dataset tables.open_file zodburi.resolve_uri ZODB.FileStorage.FileStorage tinydb.TinyDB sqlitedict.SqliteDict""",
    (LAZY, "database client"): """
        sqlalchemy.create_engine sqlalchemy.engine.create_engine sqlalchemy.ext.asyncio.create_async_engine
        sqlmodel.create_engine redis.Redis redis.StrictRedis redis.from_url redis.Redis.from_url redis.client.Redis
        redis.client.StrictRedis redis.ConnectionPool redis.BlockingConnectionPool redis.RedisCluster
        redis.cluster.RedisCluster redis.sentinel.Sentinel redis.asyncio.Redis redis.asyncio.from_url
        redis.asyncio.Redis.from_url aioredis.from_url valkey.Valkey memcache.Client pymemcache.client.base.Client
        pymemcache.Client pylibmc.Client motor.motor_asyncio.AsyncIOMotorClient pymongo.AsyncMongoClient
        neo4j.GraphDatabase.driver elasticsearch.Elasticsearch elasticsearch.AsyncElasticsearch
        opensearchpy.OpenSearch influxdb.InfluxDBClient influxdb_client.InfluxDBClient cassandra.cluster.Cluster
        asyncpg.create_pool databases.Database peewee.SqliteDatabase peewee.PostgresqlDatabase peewee.MySQLDatabase
        playhouse.pool.PooledPostgresqlDatabase clickhouse_driver.Client qdrant_client.QdrantClient
        weaviate.Client pinecone.Pinecone chromadb.HttpClient meilisearch.Client typesense.Client couchdb.Server
        supabase.create_client""",
    # -- HTTP and web -----------------------------------------------------------------------------
    (LOOP_BOUND, "HTTP client"): "httpx.AsyncClient httpx._client.AsyncClient",
    (EAGER, "HTTP session"): "aiohttp.ClientSession aiohttp.client.ClientSession aiohttp.TCPConnector",
    (EAGER, "websocket"): "websocket.create_connection websockets.sync.client.connect websocket.WebSocket().connect",
    (LAZY, "HTTP client"): """
        requests.Session requests.session requests.sessions.Session httpx.Client httpx._client.Client
        urllib3.PoolManager urllib3.ProxyManager urllib3.HTTPConnectionPool urllib3.HTTPSConnectionPool
        requests_html.HTMLSession requests_cache.CachedSession cloudscraper.create_scraper niquests.Session
        curl_cffi.requests.Session mechanize.Browser tls_client.Session httplib2.Http pycurl.Curl""",
    (EAGER, "server"): """
        werkzeug.serving.make_server gevent.pywsgi.WSGIServer().start cheroot.wsgi.Server().prepare
        waitress.create_server waitress.server.create_server eventlet.listen tornado.netutil.bind_sockets
        tornado.httpserver.HTTPServer().listen tornado.web.Application().listen""",
    # -- queues and brokers -----------------------------------------------------------------------
    (EAGER, "broker connection"): """
        pika.BlockingConnection pika.adapters.blocking_connection.BlockingConnection kafka.KafkaProducer
        kafka.KafkaConsumer kafka.KafkaAdminClient kafka.producer.KafkaProducer confluent_kafka.Producer
        confluent_kafka.Consumer pykafka.KafkaClient stomp.Connection().connect nats.connect pulsar.Client
        paho.mqtt.client.Client().connect amqp.Connection().connect zmq.Context().socket 
        nsq.Reader beanstalkc.Connection greenstalk.Client gearman.GearmanClient
        rabbitpy.Connection puka.Client""",
    (LAZY, "broker client"): """
        celery.Celery kombu.Connection rq.Queue paho.mqtt.client.Client dramatiq.brokers.redis.RedisBroker
        dramatiq.brokers.rabbitmq.RabbitmqBroker huey.RedisHuey""",
    # -- cloud and RPC ----------------------------------------------------------------------------
    (LAZY, "cloud client"): """
        boto3.client boto3.resource boto3.Session boto3.session.Session botocore.session.get_session
        google.cloud.storage.Client google.cloud.bigquery.Client google.cloud.pubsub_v1.PublisherClient
        google.cloud.pubsub_v1.SubscriberClient google.cloud.firestore.Client google.cloud.datastore.Client
        google.cloud.logging.Client google.cloud.secretmanager.SecretManagerServiceClient
        google.cloud.spanner.Client google.cloud.tasks_v2.CloudTasksClient googleapiclient.discovery.build
        azure.storage.blob.BlobServiceClient azure.storage.blob.BlobServiceClient.from_connection_string
        azure.cosmos.CosmosClient azure.servicebus.ServiceBusClient azure.keyvault.secrets.SecretClient
        azure.identity.DefaultAzureCredential minio.Minio swiftclient.Connection openstack.connect
        openai.OpenAI openai.AsyncOpenAI openai.AzureOpenAI anthropic.Anthropic anthropic.AsyncAnthropic
        stripe.StripeClient twilio.rest.Client slack_sdk.WebClient slack.WebClient github.Github
        telegram.Bot telebot.TeleBot discord.Client docker.from_env docker.DockerClient
        kubernetes.client.CoreV1Api kubernetes.client.ApiClient consul.Consul hvac.Client etcd3.client
        sentry_sdk.Client statsd.StatsClient datadog.DogStatsd""",
    (LAZY, "RPC channel"): "grpc.insecure_channel grpc.secure_channel grpc.aio.insecure_channel grpc.aio.secure_channel zerorpc.Client",
    (EAGER, "RPC connection"): "rpyc.connect rpyc.classic.connect Pyro4.Daemon Pyro5.api.Daemon thriftpy2.rpc.make_client",
    (EAGER, "SSH connection"): "paramiko.Transport paramiko.SSHClient().connect netmiko.ConnectHandler pysftp.Connection pexpect.pxssh.pxssh().login",
    (LAZY, "SSH client"): "paramiko.SSHClient paramiko.client.SSHClient fabric.Connection",
    # -- processes, browsers, schedulers, watchers --------------------------------------------------
    (STARTS, "process "): "pexpect.spawn pexpect.spawnu pexpect.popen_spawn.PopenSpawn psutil.Popen ptyprocess.PtyProcess.spawn",
    (STARTS, "browser"): """
        selenium.webdriver.Chrome selenium.webdriver.Firefox selenium.webdriver.Edge selenium.webdriver.Safari
        selenium.webdriver.Ie selenium.webdriver.Remote selenium.webdriver.PhantomJS undetected_chromedriver.Chrome
        seleniumwire.webdriver.Chrome playwright.sync_api.sync_playwright().start splinter.Browser""",
    (STARTS, "background server"): "prometheus_client.start_http_server prometheus_client.start_wsgi_server pyngrok.ngrok.connect",
    (STARTS, "virtual display"): "pyvirtualdisplay.Display().start xvfbwrapper.Xvfb().start",
    (STARTABLE, "scheduler thread"): """
        apscheduler.schedulers.background.BackgroundScheduler apscheduler.schedulers.gevent.GeventScheduler
        apscheduler.schedulers.asyncio.AsyncIOScheduler apscheduler.schedulers.tornado.TornadoScheduler
        flask_apscheduler.APScheduler""",
    (STARTABLE, "watcher thread"): """
        watchdog.observers.Observer watchdog.observers.polling.PollingObserver
        watchdog.observers.inotify.InotifyObserver pyinotify.ThreadedNotifier""",
    (STARTABLE, "listener thread"): """
        pynput.keyboard.Listener pynput.mouse.Listener logging.handlers.QueueListener
        livereload.Server zeroconf.ServiceBrowser""",
    (STARTABLE, "timer"): "PyQt5.QtCore.QTimer PyQt6.QtCore.QTimer PySide2.QtCore.QTimer PySide6.QtCore.QTimer qgis.PyQt.QtCore.QTimer",
    # -- hardware -----------------------------------------------------------------------------------
    (EAGER, "device"): """
        serial.Serial serial.serial_for_url smbus.SMBus smbus2.SMBus spidev.SpiDev can.Bus
        can.interface.Bus can.ThreadSafeBus pyvisa.ResourceManager().open_resource bluetooth.BluetoothSocket
        cv2.VideoCapture cv2.VideoWriter pyaudio.PyAudio pigpio.pi hid.device().open pymodbus.client.ModbusTcpClient().connect
        evdev.InputDevice alsaaudio.PCM rtmidi.MidiOut().open_port""",
}

_BY_NAME: dict[str, Entry] = {
    name: Entry(kind, noun.strip()) for (kind, noun), names in _TABLE.items() for name in names.split()
}

NOT_A_RESOURCE = frozenset(
    """
    io.StringIO io.BytesIO io.TextIOWrapper threading.Lock threading.RLock threading.Event threading.Condition
    threading.Semaphore threading.BoundedSemaphore threading.Barrier threading.local queue.Queue queue.LifoQueue
    queue.PriorityQueue queue.SimpleQueue multiprocessing.Lock multiprocessing.RLock multiprocessing.Event
    multiprocessing.Condition multiprocessing.Semaphore multiprocessing.Queue multiprocessing.SimpleQueue
    multiprocessing.Value multiprocessing.Array contextvars.ContextVar re.compile struct.Struct logging.getLogger
    logging.StreamHandler logging.NullHandler asyncio.Lock asyncio.Event asyncio.Queue asyncio.Semaphore
    ssl.create_default_context ssl.SSLContext http.client.HTTPConnection http.client.HTTPSConnection
    urllib.request.build_opener xmlrpc.client.ServerProxy tempfile.SpooledTemporaryFile webbrowser.open
    sched.scheduler collections.deque string.Template""".split()
)
"""Look-alikes that open nothing, or that must stay at module level (locks, multiprocessing primitives)."""

_NEEDS_ARGUMENT = {
    **dict.fromkeys(("smtplib.SMTP", "smtplib.SMTP_SSL", "smtplib.LMTP", "ftplib.FTP", "ftplib.FTP_TLS"), "host"),
    "telnetlib.Telnet": "host",
    **dict.fromkeys(("serial.Serial", "spidev.SpiDev", "cv2.VideoCapture", "cv2.VideoWriter", "can.Bus"), "port"),
    **dict.fromkeys(("websocket.WebSocket", "smbus.SMBus", "smbus2.SMBus"), "bus"),
}
_OFF = {"delay": True, "connect": False, "autoconnect": False, "lazy": True}

CLOSERS = frozenset(
    """
    close aclose shutdown terminate kill wait communicate join stop cleanup disconnect dispose quit cancel detach
    release unlink server_close closed terminate_all destroy exit __exit__ stop_all clear dispose_all remove
    removeHandler close_all unsubscribe unobserve""".split()
)
"""Methods that give a resource back."""

UNLOAD_HOOKS = frozenset(
    """
    unregister plugin_unloaded unload_handler unload_ipython_extension teardown cog_unload unload uninitializePlugin
    uninitialize teardown_module tearDownModule pytest_unconfigure pytest_sessionfinish worker_exit on_exit
    on_unload onUnload on_shutdown shutdown plugin_unload deinit destroy dispose""".split()
)
"""Names of functions that hosts call before they drop a module: Blender `unregister`, Sublime
`plugin_unloaded`, IPython `unload_ipython_extension`, discord.py `teardown` and `cog_unload`, QGIS
`unload`, Maya `uninitializePlugin`, test runners' module teardown, gunicorn `worker_exit`."""

LAST_NAMES = frozenset(name.rpartition(".")[2] for name in _BY_NAME) | {"start"}
"""The last segment of every name in the table: what a fast scan looks for."""


def names() -> dict[str, Entry]:
    """The whole table: qualified name to entry."""
    return dict(_BY_NAME)


def lookup(name: str, extend: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Entry | None:
    """What calling ``name`` opens, or None. User patterns may hold `*`; ``ignore`` wins over everything.

    ``pkg.factory().method`` stands for a method of what the factory returns.
    """
    if any(fnmatchcase(name, pattern) for pattern in ignore):
        return None
    if any(fnmatchcase(name, pattern) for pattern in extend):
        return Entry(EAGER, "resource")
    return _BY_NAME.get(name)


def opens(name: str, call: ast.Call) -> bool:
    """False when the arguments of ``call`` say that nothing is opened yet (no host, `delay=True`, devnull)."""
    wanted = _NEEDS_ARGUMENT.get(name)
    keywords = {each.arg: each.value for each in call.keywords}
    if wanted and not call.args and None not in keywords and wanted not in keywords:
        return False
    for argument, value in _OFF.items():
        given = keywords.get(argument)
        if isinstance(given, ast.Constant) and given.value is value:
            return False
    return not _is_devnull(call.args[0] if call.args else keywords.get("file"))


def _is_devnull(node: ast.expr | None) -> bool:
    match node:
        case ast.Attribute(attr="devnull") | ast.Constant(value="/dev/null" | "nul" | "NUL"):
            return True
    return False
