"""What a call opens: one table of qualified names. Data only.

How to read it: "calling any of these names, under their section's kind, gives a <noun>". Every public
path of a name is listed. `f().m` is the method `m` of what `f` returns. Standard library entries are
proved by running in `tests/test_factories.py`. Of the others, `!` marks what was verified by running
(descriptors, threads and children counted before and after the call, or a refused connection); the
rest was read in the projects' documentation. Measured background: SEMANTICS 3.1 and 3.3, HS-01 to HS-11.
"""

from __future__ import annotations

from flake8_unload.factory_kinds import EAGER, HANDLER, LAZY, LOOP_BOUND, POOL, STARTABLE, STARTS

STDLIB: tuple[tuple[str, str, str], ...] = (
    # -- files ----------------------------------------------------------------------------------
    (EAGER, "file", """
        builtins.open io.open _io.open io.FileIO _io.FileIO io.open_code codecs.open tokenize.open gzip.open
        gzip.GzipFile bz2.open bz2.BZ2File lzma.open lzma.LZMAFile compression.gzip.open
        compression.gzip.GzipFile compression.bz2.open compression.bz2.BZ2File compression.lzma.open
        compression.lzma.LZMAFile compression.zstd.open compression.zstd.ZstdFile zipfile.ZipFile
        zipfile.PyZipFile zipfile.Path zipfile.ZipFile().open tarfile.open tarfile.TarFile
        tarfile.TarFile.open tarfile.TarFile.taropen tarfile.TarFile.gzopen tarfile.TarFile.bz2open
        tarfile.TarFile.xzopen wave.open wave.Wave_read wave.Wave_write aifc.open sunau.open os.fdopen
        pathlib.Path().open pathlib.PosixPath().open pathlib.WindowsPath().open
        importlib.resources.open_text importlib.resources.open_binary
        importlib.resources.files().joinpath().open mailbox.mbox mailbox.MMDF mailbox.Babyl
        xml.etree.ElementTree.iterparse xml.dom.pulldom.parse imp.find_module"""),
    (EAGER, "temporary file", "tempfile.TemporaryFile tempfile.NamedTemporaryFile"),
    (EAGER, "temporary directory", "tempfile.TemporaryDirectory tempfile.mkdtemp"),
    (EAGER, "database file", """
        dbm.open dbm.gnu.open dbm.ndbm.open dbm.sqlite3.open shelve.open shelve.DbfilenameShelf
        msilib.OpenDatabase"""),
    (EAGER, "directory iterator", "os.scandir"),
    (EAGER, "registry key", """
        winreg.OpenKey winreg.OpenKeyEx winreg.CreateKey winreg.CreateKeyEx winreg.ConnectRegistry"""),
    # never released: no object owns the number (HS-04)
    (EAGER, "raw file descriptor", """
        os.open os.pipe os.pipe2 os.dup os.openpty os.posix_openpt os.memfd_create os.eventfd os.pidfd_open
        os.timerfd_create pty.openpty tempfile.mkstemp msvcrt.open_osfhandle"""),
    # -- memory ---------------------------------------------------------------------------------
    (EAGER, "memory map", "mmap.mmap"),
    (EAGER, "shared memory segment", """
        multiprocessing.shared_memory.SharedMemory multiprocessing.shared_memory.ShareableList"""),
    # -- network --------------------------------------------------------------------------------
    (EAGER, "socket", """
        socket.socket socket.SocketType socket.create_connection socket.create_server socket.socketpair
        socket.fromfd socket.fromshare ssl.wrap_socket ssl.SSLContext().wrap_socket
        ssl.create_default_context().wrap_socket multiprocessing.connection.Listener
        multiprocessing.connection.Client asyncore.dispatcher().create_socket"""),
    (EAGER, "server socket", """
        socketserver.TCPServer socketserver.UDPServer socketserver.ThreadingTCPServer
        socketserver.ThreadingUDPServer socketserver.ForkingTCPServer socketserver.ForkingUDPServer
        socketserver.UnixStreamServer socketserver.UnixDatagramServer socketserver.ThreadingUnixStreamServer
        socketserver.ThreadingUnixDatagramServer socketserver.ForkingUnixStreamServer
        socketserver.ForkingUnixDatagramServer http.server.HTTPServer http.server.ThreadingHTTPServer
        http.server.HTTPSServer http.server.ThreadingHTTPSServer wsgiref.simple_server.make_server
        wsgiref.simple_server.WSGIServer xmlrpc.server.SimpleXMLRPCServer xmlrpc.server.DocXMLRPCServer
        smtpd.SMTPServer smtpd.DebuggingServer"""),
    (EAGER, "connection", """
        sqlite3.connect sqlite3.Connection sqlite3.dbapi2.connect sqlite3.dbapi2.Connection
        urllib.request.urlopen urllib.request.build_opener().open smtplib.SMTP smtplib.SMTP_SSL smtplib.LMTP
        ftplib.FTP ftplib.FTP_TLS imaplib.IMAP4 imaplib.IMAP4_SSL imaplib.IMAP4_stream poplib.POP3
        poplib.POP3_SSL nntplib.NNTP nntplib.NNTP_SSL telnetlib.Telnet"""),
    # -- event loops, selectors ------------------------------------------------------------------
    (EAGER, "event loop", """
        asyncio.new_event_loop asyncio.events.new_event_loop asyncio.SelectorEventLoop
        asyncio.ProactorEventLoop asyncio.Runner().get_loop asyncio.get_event_loop_policy().new_event_loop
        asyncio.DefaultEventLoopPolicy().new_event_loop"""),
    (EAGER, "selector", """
        selectors.DefaultSelector selectors.EpollSelector selectors.KqueueSelector selectors.DevpollSelector
        select.epoll select.kqueue select.devpoll"""),
    # -- threads and processes ---------------------------------------------------------------------
    (EAGER, "process pool", """
        concurrent.futures.ProcessPoolExecutor concurrent.futures.process.ProcessPoolExecutor
        multiprocessing.Pool multiprocessing.pool.Pool multiprocessing.get_context().Pool"""),
    (EAGER, "thread pool", "multiprocessing.pool.ThreadPool multiprocessing.dummy.Pool"),
    (EAGER, "manager process", """
        multiprocessing.Manager multiprocessing.get_context().Manager
        multiprocessing.managers.SyncManager().start multiprocessing.managers.BaseManager().start
        multiprocessing.managers.SharedMemoryManager().start"""),
    (EAGER, "pipe", """
        os.popen pipes.Template().open multiprocessing.Pipe multiprocessing.connection.Pipe
        multiprocessing.get_context().Pipe"""),
    (POOL, "thread pool", """
        concurrent.futures.ThreadPoolExecutor concurrent.futures.thread.ThreadPoolExecutor
        concurrent.futures.InterpreterPoolExecutor concurrent.futures.interpreter.InterpreterPoolExecutor"""),
    (STARTS, "process", """
        subprocess.Popen os.spawnl os.spawnle os.spawnlp os.spawnlpe os.spawnv os.spawnve os.spawnvp
        os.spawnvpe os.posix_spawn os.posix_spawnp os.fork os.forkpty pty.fork os.startfile"""),
    (STARTS, "thread", "_thread.start_new_thread _thread.start_new _thread.start_joinable_thread"),
    (STARTABLE, "thread", """
        threading.Thread threading.Timer multiprocessing.dummy.Process multiprocessing.dummy.DummyProcess
        logging.handlers.QueueListener logging.config.listen"""),
    (STARTABLE, "process", """
        multiprocessing.Process multiprocessing.process.BaseProcess multiprocessing.context.Process
        multiprocessing.context.SpawnProcess multiprocessing.context.ForkProcess
        multiprocessing.context.ForkServerProcess multiprocessing.get_context().Process"""),
    # -- logging (HS-05), screens ---------------------------------------------------------------------
    (HANDLER, "file", """
        logging.FileHandler logging.handlers.RotatingFileHandler logging.handlers.TimedRotatingFileHandler
        logging.handlers.WatchedFileHandler logging.handlers.BaseRotatingHandler"""),
    (HANDLER, "socket", "logging.handlers.SysLogHandler"),
    (EAGER, "window", "tkinter.Tk turtle.Screen turtle.Turtle"),
    (EAGER, "terminal screen", "curses.initscr"),
    (EAGER, "sound device", "ossaudiodev.open ossaudiodev.openmixer"),
)  # fmt: skip

THIRD_PARTY: tuple[tuple[str, str, str], ...] = (
    # -- databases ------------------------------------------------------------------------------
    (EAGER, "database connection", """
        psycopg2.connect! psycopg.connect! psycopg.Connection.connect mysql.connector.connect!
        MySQLdb.connect MySQLdb.Connection pymysql.connect! pymysql.Connection!
        pymysql.connections.Connection! mariadb.connect cx_Oracle.connect oracledb.connect! pyodbc.connect
        pymssql.connect ibm_db.connect ibm_db_dbi.connect fdb.connect firebird.driver.connect
        teradatasql.connect snowflake.connector.connect pg8000.connect! pg8000.dbapi.connect
        pg8000.native.Connection pgdb.connect redshift_connector.connect databricks.sql.connect
        pyhive.hive.connect pyhive.hive.Connection impala.dbapi.connect vertica_python.connect
        hdbcli.dbapi.connect duckdb.connect! apsw.Connection! sqlcipher3.dbapi2.connect
        pysqlite2.dbapi2.connect pysqlite3.connect pysqlite3.dbapi2.connect clickhouse_connect.get_client
        sqlalchemy.create_engine().connect! sqlalchemy.create_engine().raw_connection!
        sqlalchemy.engine.create_engine().connect cassandra.cluster.Cluster().connect happybase.Connection
        rethinkdb.r.connect! rethinkdb.connect rethinkdb.RethinkDB().connect mongoengine.connect!
        jaydebeapi.connect adbc_driver_postgresql.dbapi.connect adbc_driver_sqlite.dbapi.connect
        redis.RedisCluster! redis.cluster.RedisCluster! tarantool.connect tarantool.Connection
        pymilvus.MilvusClient weaviate.connect_to_local weaviate.connect_to_custom
        weaviate.connect_to_weaviate_cloud couchbase.cluster.Cluster couchbase.cluster.Cluster.connect"""),
    (EAGER, "connection pool", """
        psycopg2.pool.SimpleConnectionPool! psycopg2.pool.ThreadedConnectionPool
        psycopg_pool.ConnectionPool! psycopg_pool.NullConnectionPool!
        mysql.connector.pooling.MySQLConnectionPool mariadb.ConnectionPool cx_Oracle.SessionPool
        oracledb.create_pool! requests_cache.CachedSession! momoko.Pool().connect"""),
    (EAGER, "database client with threads", """
        pymongo.MongoClient! pymongo.mongo_client.MongoClient! pymongo.synchronous.mongo_client.MongoClient!
        cassandra.cluster.Cluster! kazoo.client.KazooClient().start hazelcast.HazelcastClient"""),
    (EAGER, "database file", """
        lmdb.open! lmdb.Environment! plyvel.DB! leveldb.LevelDB rocksdb.DB h5py.File! netCDF4.Dataset!
        tables.open_file ZODB.FileStorage.FileStorage tinydb.TinyDB! sqlitedict.SqliteDict! diskcache.Cache!
        sqlite_utils.Database chromadb.PersistentClient pandas.HDFStore rocksdict.Rdict
        geoip2.database.Reader maxminddb.open_database maxminddb.Reader IP2Location.IP2Location"""),
    (LOOP_BOUND, "database client", """
        pymongo.AsyncMongoClient! pymongo.asynchronous.mongo_client.AsyncMongoClient!"""),
    (LAZY, "database client", """
        sqlalchemy.create_engine! sqlalchemy.engine.create_engine!
        sqlalchemy.ext.asyncio.create_async_engine sqlmodel.create_engine redis.Redis! redis.StrictRedis!
        redis.client.Redis! redis.client.StrictRedis! redis.from_url! redis.Redis.from_url!
        redis.StrictRedis.from_url! redis.ConnectionPool! redis.ConnectionPool.from_url!
        redis.connection.ConnectionPool! redis.BlockingConnectionPool! redis.sentinel.Sentinel!
        redis.asyncio.Redis! redis.asyncio.from_url! redis.asyncio.Redis.from_url!
        redis.asyncio.client.Redis! redis.asyncio.ConnectionPool redis.asyncio.RedisCluster!
        aioredis.from_url valkey.Valkey! memcache.Client pymemcache.Client! pymemcache.client.base.Client!
        pylibmc.Client motor.motor_asyncio.AsyncIOMotorClient! neo4j.GraphDatabase.driver!
        elasticsearch.Elasticsearch! elasticsearch.AsyncElasticsearch! opensearchpy.OpenSearch!
        influxdb.InfluxDBClient influxdb_client.InfluxDBClient! asyncpg.create_pool databases.Database
        peewee.SqliteDatabase! peewee.PostgresqlDatabase peewee.MySQLDatabase
        playhouse.pool.PooledPostgresqlDatabase clickhouse_driver.Client! clickhouse_driver.dbapi.connect!
        trino.dbapi.connect! qdrant_client.QdrantClient! weaviate.Client pinecone.Pinecone
        chromadb.HttpClient meilisearch.Client typesense.Client couchdb.Server supabase.create_client
        kazoo.client.KazooClient! psycopg_pool.AsyncConnectionPool!"""),
    # -- data files -------------------------------------------------------------------------------
    (EAGER, "file", """
        PIL.Image.open! pandas.ExcelFile pandas.ExcelWriter rasterio.open soundfile.SoundFile
        pdfplumber.open fitz.open pymupdf.open smart_open.open jsonlines.open av.open imageio.get_reader
        imageio.get_writer uproot.open xarray.open_dataset py7zr.SevenZipFile pkg_resources.resource_stream
        torch.utils.tensorboard.SummaryWriter torch.utils.tensorboard.writer.SummaryWriter
        tensorboardX.SummaryWriter pyarrow.parquet.ParquetFile pyarrow.OSFile pysam.AlignmentFile
        pysam.FastaFile pysam.VariantFile pysam.TabixFile pyfaidx.Fasta pyBigWig.open rarfile.RarFile"""),
    (EAGER, "memory map", "numpy.memmap! pyarrow.memory_map"),
    # -- HTTP and web -----------------------------------------------------------------------------
    (LOOP_BOUND, "HTTP client", "httpx.AsyncClient httpx._client.AsyncClient"),
    (EAGER, "HTTP session", "aiohttp.ClientSession! aiohttp.client.ClientSession! aiohttp.TCPConnector!"),
    (EAGER, "event loop", """
        uvloop.new_event_loop! uvloop.Loop tornado.ioloop.IOLoop! tornado.httpclient.HTTPClient!"""),
    (EAGER, "websocket", "websocket.create_connection websockets.sync.client.connect"),
    (LAZY, "HTTP client", """
        requests.Session! requests.session! requests.sessions.Session! requests.sessions.session!
        httpx.Client! httpx._client.Client! urllib3.PoolManager! urllib3.poolmanager.PoolManager!
        urllib3.ProxyManager! urllib3.poolmanager.ProxyManager! urllib3.HTTPConnectionPool!
        urllib3.HTTPSConnectionPool urllib3.connectionpool.HTTPConnectionPool!
        urllib3.connectionpool.HTTPSConnectionPool urllib3.connection_from_url! requests_html.HTMLSession
        cloudscraper.create_scraper! niquests.Session! curl_cffi.requests.Session! mechanize.Browser
        tls_client.Session httplib2.Http! pycurl.Curl!"""),
    (EAGER, "server", """
        werkzeug.serving.make_server! waitress.create_server! waitress.server.create_server!
        gevent.pywsgi.WSGIServer().start! cheroot.wsgi.Server().prepare! eventlet.listen
        tornado.netutil.bind_sockets! tornado.httpserver.HTTPServer().listen!
        tornado.web.Application().listen! rpyc.utils.server.ThreadedServer Pyro4.Daemon Pyro5.api.Daemon!
        Pyro5.server.Daemon!"""),
    # -- queues and brokers -----------------------------------------------------------------------
    (EAGER, "broker connection", """
        pika.BlockingConnection! pika.adapters.blocking_connection.BlockingConnection!
        pika.SelectConnection! kafka.KafkaProducer! kafka.KafkaConsumer! kafka.KafkaAdminClient!
        kafka.producer.KafkaProducer! kafka.consumer.KafkaConsumer! confluent_kafka.Producer!
        confluent_kafka.Consumer! confluent_kafka.SerializingProducer confluent_kafka.DeserializingConsumer
        confluent_kafka.admin.AdminClient pykafka.KafkaClient rabbitpy.Connection beanstalkc.Connection
        greenstalk.Client"""),
    (EAGER, "messaging socket", """
        zmq.Context().socket! zmq.Context.instance().socket! zmq.asyncio.Context().socket"""),
    (LAZY, "broker client", """
        celery.Celery! kombu.Connection! rq.Queue! paho.mqtt.client.Client! stomp.Connection! pulsar.Client!
        dramatiq.brokers.redis.RedisBroker! dramatiq.brokers.rabbitmq.RabbitmqBroker huey.RedisHuey!"""),
    # -- cloud and services -------------------------------------------------------------------------
    (EAGER, "socket", "statsd.StatsClient! statsd.client.StatsClient statsd.client.udp.StatsClient!"),
    (EAGER, "daemon connection", "docker.from_env! docker.DockerClient! docker.client.DockerClient!"),
    (EAGER, "thread pool", "telebot.TeleBot!"),
    (LAZY, "cloud client", """
        boto3.client! boto3.resource! boto3.Session! boto3.session.Session! boto3.Session().client!
        boto3.Session().resource! boto3.session.Session().client! boto3.session.Session().resource!
        botocore.session.get_session! google.cloud.storage.Client! google.cloud.bigquery.Client
        google.cloud.pubsub_v1.PublisherClient! google.cloud.pubsub_v1.SubscriberClient!
        google.cloud.firestore.Client! google.cloud.datastore.Client google.cloud.logging.Client
        google.cloud.secretmanager.SecretManagerServiceClient google.cloud.spanner.Client
        google.cloud.tasks_v2.CloudTasksClient googleapiclient.discovery.build
        azure.storage.blob.BlobServiceClient! azure.storage.blob.BlobServiceClient.from_connection_string
        azure.cosmos.CosmosClient azure.servicebus.ServiceBusClient azure.keyvault.secrets.SecretClient
        azure.identity.DefaultAzureCredential minio.Minio! swiftclient.Connection openstack.connect
        openai.OpenAI! openai.AsyncOpenAI! openai.AzureOpenAI anthropic.Anthropic! anthropic.AsyncAnthropic!
        stripe.StripeClient! twilio.rest.Client! slack_sdk.WebClient! slack.WebClient github.Github!
        telegram.Bot discord.Client discord.ext.commands.Bot kubernetes.client.CoreV1Api!
        kubernetes.client.ApiClient! consul.Consul hvac.Client! etcd3.client sentry_sdk.Client!
        datadog.DogStatsd datadog.dogstatsd.DogStatsd!"""),
    # -- RPC and remote shells ------------------------------------------------------------------------
    (LAZY, "RPC channel", """
        grpc.insecure_channel! grpc.secure_channel grpc.aio.insecure_channel grpc.aio.secure_channel
        Pyro5.api.Proxy! Pyro4.Proxy zerorpc.Client ldap.initialize"""),
    (EAGER, "RPC connection", "rpyc.connect! rpyc.classic.connect thriftpy2.rpc.make_client"),
    (EAGER, "SSH connection", """
        paramiko.Transport! paramiko.transport.Transport! netmiko.ConnectHandler pysftp.Connection"""),
    (LAZY, "SSH client", """
        paramiko.SSHClient! paramiko.client.SSHClient! fabric.Connection! fabric.connection.Connection!"""),
    # -- processes and background services ---------------------------------------------------------------
    (STARTS, "process", """
        psutil.Popen! pexpect.spawn! pexpect.pty_spawn.spawn! pexpect.spawnu pexpect.popen_spawn.PopenSpawn!
        ptyprocess.PtyProcess.spawn! ptyprocess.PtyProcessUnicode.spawn! plumbum.SshMachine
        loky.get_reusable_executor joblib.externals.loky.get_reusable_executor!
        jpype.startJVM pyspark.SparkContext pyspark.sql.SparkSession.builder.getOrCreate
        matlab.engine.start_matlab ray.init wandb.init h2o.init"""),
    (STARTS, "background server", """
        prometheus_client.start_http_server! prometheus_client.start_wsgi_server
        prometheus_client.exposition.start_http_server! pyngrok.ngrok.connect grpc.server().start!"""),
    (STARTS, "background client", "distributed.Client! dask.distributed.Client zeroconf.Zeroconf!"),
    (STARTS, "thread", "paho.mqtt.client.Client().loop_start! zeroconf.ServiceBrowser"),
    (STARTABLE, "tunnel", "sshtunnel.SSHTunnelForwarder"),
    (STARTABLE, "listener thread", """
        pynput.keyboard.Listener pynput.mouse.Listener scapy.all.AsyncSniffer
        binance.ThreadedWebsocketManager binance.streams.ThreadedWebsocketManager"""),
    (STARTS, "listener thread", """
        keyboard.hook keyboard.add_hotkey keyboard.on_press keyboard.on_release keyboard.on_press_key
        keyboard.on_release_key mouse.hook mouse.on_click mouse.on_button"""),
    # -- browsers and displays ----------------------------------------------------------------------------
    (STARTS, "browser", """
        selenium.webdriver.Chrome selenium.webdriver.Firefox selenium.webdriver.Edge
        selenium.webdriver.Safari selenium.webdriver.Ie selenium.webdriver.Remote
        selenium.webdriver.PhantomJS selenium.webdriver.chrome.webdriver.WebDriver
        selenium.webdriver.firefox.webdriver.WebDriver undetected_chromedriver.Chrome
        seleniumwire.webdriver.Chrome appium.webdriver.Remote playwright.sync_api.sync_playwright().start
        splinter.Browser helium.start_chrome"""),
    (STARTS, "virtual display", "pyvirtualdisplay.Display().start xvfbwrapper.Xvfb().start"),
    (STARTS, "COM server", """
        win32com.client.Dispatch win32com.client.DispatchEx comtypes.client.CreateObject"""),
    (EAGER, "window", """
        pygame.display.set_mode pyglet.window.Window arcade.Window glfw.create_window"""),
    (EAGER, "screen", "mss.mss mss.linux.MSS"),
    (EAGER, "speech engine", "pyttsx3.init"),
    # -- schedulers and file watchers ----------------------------------------------------------------------
    (STARTABLE, "scheduler thread", """
        apscheduler.schedulers.background.BackgroundScheduler! apscheduler.schedulers.gevent.GeventScheduler
        apscheduler.schedulers.asyncio.AsyncIOScheduler apscheduler.schedulers.tornado.TornadoScheduler
        flask_apscheduler.APScheduler"""),
    (STARTABLE, "watcher thread", """
        watchdog.observers.Observer! watchdog.observers.polling.PollingObserver
        watchdog.observers.inotify.InotifyObserver pyinotify.ThreadedNotifier"""),
    (EAGER, "file watcher", "inotify.adapters.Inotify inotify_simple.INotify pyinotify.WatchManager"),
    # -- GUI timers and threads ------------------------------------------------------------------------------
    (STARTABLE, "timer", """
        PyQt5.QtCore.QTimer PyQt6.QtCore.QTimer PySide2.QtCore.QTimer PySide6.QtCore.QTimer
        qgis.PyQt.QtCore.QTimer qtpy.QtCore.QTimer Qt.QtCore.QTimer aqt.qt.QTimer
        tornado.ioloop.PeriodicCallback"""),
    (STARTABLE, "thread", """
        PyQt5.QtCore.QThread PyQt6.QtCore.QThread PySide2.QtCore.QThread PySide6.QtCore.QThread
        qgis.PyQt.QtCore.QThread qtpy.QtCore.QThread"""),
    (STARTS, "timer", """
        gi.repository.GLib.timeout_add gi.repository.GLib.timeout_add_seconds bpy.app.timers.register
        wx.Timer().Start kivy.clock.Clock.schedule_interval pyglet.clock.schedule_interval"""),
    # -- serial and hardware ---------------------------------------------------------------------------------
    (EAGER, "device", """
        serial.Serial! serial.serialposix.Serial! serial.serial_for_url smbus.SMBus smbus2.SMBus
        spidev.SpiDev can.Bus can.interface.Bus can.ThreadSafeBus pyvisa.ResourceManager().open_resource
        bluetooth.BluetoothSocket cv2.VideoCapture cv2.VideoWriter pyaudio.PyAudio pyaudio.PyAudio().open
        pigpio.pi minimalmodbus.Instrument evdev.InputDevice evdev.UInput alsaaudio.PCM
        rtmidi.MidiOut().open_port picamera.PiCamera picamera2.Picamera2 nidaqmx.Task busio.I2C busio.SPI
        busio.UART sounddevice.Stream sounddevice.InputStream sounddevice.OutputStream
        sounddevice.RawInputStream sounddevice.RawOutputStream gpiozero.LED gpiozero.PWMLED gpiozero.RGBLED
        gpiozero.Button gpiozero.Buzzer gpiozero.TonalBuzzer gpiozero.Motor gpiozero.Robot gpiozero.Servo
        gpiozero.AngularServo gpiozero.DistanceSensor gpiozero.MotionSensor gpiozero.LightSensor
        gpiozero.LineSensor gpiozero.MCP3008 gpiozero.OutputDevice gpiozero.InputDevice
        gpiozero.DigitalOutputDevice gpiozero.DigitalInputDevice gpiozero.PWMOutputDevice"""),
)  # fmt: skip
