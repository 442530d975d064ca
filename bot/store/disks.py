"""Which kind of file system a path is on: SQLite's WAL needs memory that all processes share, so one host's own disk.

sqlite.org/wal.html: "All processes using a database must be on the same host computer; WAL does not work over a network
filesystem." On one, two processes would each claim the same message, and a file may be damaged.
"""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

MOUNTS = pathlib.Path("/proc/self/mountinfo")
# As the kernel and the usual FUSE drivers name them; cluster file systems share a disk, but no memory, between hosts.
# fmt: off
REMOTE = frozenset((
    "nfs", "nfs3", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "9p", "ceph", "lustre", "beegfs",
    "gpfs", "gfs2", "ocfs2", "orangefs", "coda", "webdav", "davfs", "davfs2", "glusterfs", "sshfs", "s3fs", "gcsfuse",
    "goofys", "rclone", "juicefs", "moosefs", "lizardfs",
))
# fmt: on
# 9p is how WSL 2 shows Windows' drives and QEMU its host's; gVisor uses it for a sandbox's own files (gofer), whose
# options count descriptors so (gvisor.dev, since 2018).
GOFER = "rfdno="
OCTAL = re.compile(r"\\([0-7]{3})")


def remote(path: pathlib.Path) -> str:
    """The kind of network file system that a path is on, "" where it is on none or that is not known."""
    if str(path).startswith("\\\\"):
        return "unc"
    whole = path.resolve()
    try:
        mounts = mountinfo(MOUNTS.read_text()) if MOUNTS.exists() else mounted(listed())
    except (OSError, subprocess.SubprocessError):
        return ""
    kind = kind_of(whole, mounts)
    return kind if kind.removeprefix("fuse.") in REMOTE else ""


def kind_of(path: pathlib.Path, mounts: list[tuple[str, str]]) -> str:
    """The kind of the mount that a path is on: of those above it the deepest, and of several there the last."""
    above = [(len(place), n, kind) for n, (place, kind) in enumerate(mounts) if path.is_relative_to(place)]
    return max(above, default=(0, 0, ""))[2]


def mountinfo(text: str) -> list[tuple[str, str]]:
    """Places and kinds of Linux's /proc/self/mountinfo (proc_pid_mountinfo(5)): the kind follows a lone hyphen."""
    found = []
    for line in text.splitlines():
        before, hyphen, after = line.partition(" - ")
        fields = before.split()
        if hyphen and len(fields) > 4 and after.split():
            kind = after.split()[0]
            place = OCTAL.sub(lambda m: chr(int(m[1], 8)), fields[4])
            found.append((place, "gofer" if kind == "9p" and GOFER in after else kind))
    return found


def mounted(text: str) -> list[tuple[str, str]]:
    """Places and kinds of what ``mount`` prints on macOS and the BSDs: ``host:/export on /place (nfs, nodev)``."""
    lines = re.finditer(r"^.+? on (?P<place>/.*?) (?:type (?P<bsd>\w+) )?\((?P<kind>[^,)]+)", text, re.MULTILINE)
    return [(line["place"], (line["bsd"] or line["kind"]).strip()) for line in lines]


def listed() -> str:
    """What ``mount`` prints; "" on Windows, which has no such command."""
    if sys.platform == "win32":
        return ""
    return subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=10).stdout
