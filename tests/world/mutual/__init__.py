VERSION = 1
from mutual.sub import f
