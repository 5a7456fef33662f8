# --- with statements, and Path
import os

DESCRIPTOR = open(os.open("VERSION", os.O_RDONLY)).read()
SIZED = open("VERSION").read(2)
LINES = [line.strip() for line in open("VERSION", encoding="utf-8")]
BYTES = open("VERSION", mode="rb").read()
TEXT = open("VERSION", newline="").read()
LONGEST = max(len(line) for line in open("VERSION"))
for line in open("VERSION"):
    LINES.append(line)
WRITTEN = open("new.txt", "w").write(TEXT)


def text():
    return TEXT
