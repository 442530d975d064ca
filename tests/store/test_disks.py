"""A database on a network file system is refused at the start, whatever system says what is mounted where."""

from __future__ import annotations

import pathlib

import pytest

from bot.store import Store, StoreError, disks

LINUX = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:50 / /srv/mail rw,relatime shared:5 - nfs4 nas.example.com:/mail rw,vers=4.2
41 40 254:9 / /srv/mail/local rw - xfs /dev/vdb rw
42 27 0:51 / /home/ann/My\040Share rw - cifs //nas.example.com/ann rw
43 27 0:52 / /mnt/far rw - fuse.sshfs ann@example.com:/ rw
44 27 0:53 / /mnt/c rw - 9p C:\134 rw
45 27 0:54 / /mnt/over rw - ext4 /dev/vdc rw
46 27 0:55 / /mnt/over rw - nfs nas.example.com:/over rw
47 27 0:56 / /mnt/near rw - fuse.bindfs /srv rw
48 27 0:57 / /srv/mailbox rw - btrfs /dev/vdd rw
"""
MACOS = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
nas.example.com:/mail on /srv/mail (nfs, nodev, nosuid)
//ann@nas.example.com/ann on /home/ann/My Share (smbfs, nodev, nosuid, mounted by ann)
/dev/disk4 on /srv/mail/local (apfs, local)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/smtp-bot", "ext4"),
        ("/srv/mail/bot", "nfs4"),
        ("/srv/mail", "nfs4"),
        ("/srv/mailbox", "btrfs"),
        ("/srv/mail/local/bot", "xfs"),
        ("/home/ann/My Share/bot", "cifs"),
        ("/mnt/far", "fuse.sshfs"),
        ("/mnt/c/bot", "9p"),
        ("/mnt/over/bot", "nfs"),
    ],
)
def test_the_deepest_and_last_mount_decides(path: str, kind: str) -> None:
    """A mount below another one, over another one, with a blank in its name, or with a longer name than another."""
    assert disks.kind_of(pathlib.Path(path), disks.mountinfo(LINUX)) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/usr", "apfs"), ("/srv/mail/x", "nfs"), ("/srv/mail/local", "apfs"), ("/home/ann/My Share", "smbfs")],
)
def test_macos_says_it_in_other_words(path: str, kind: str) -> None:
    """What `mount` prints there is read too."""
    assert disks.kind_of(pathlib.Path(path), disks.mounted(MACOS)) == kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("nfs4 nas.example.com:/x", "nfs4"),
        ("cifs //nas/x", "cifs"),
        ("fuse.sshfs ann@host:/", "fuse.sshfs"),
        ("9p C:", "9p"),
        ("ext4 /dev/vda", ""),
        ("overlay overlay", ""),
        ("9p none rw,trans=fd,rfdno=4,wfdno=4", ""),
        ("tmpfs tmpfs", ""),
        ("fuse.bindfs /srv", ""),
    ],
)
def test_the_start_is_refused_with_what_to_do(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, line: str, kind: str
) -> None:
    """The sentence names the file and its file system; on a disk of the host's own it opens, also in a container."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 0:1 / / rw - ext4 /dev/vda rw\n2 1 0:2 / {tmp_path} rw - {line} rw\n")
    monkeypatch.setattr(disks, "MOUNTS", mounts)
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    if not kind:
        Store(url).close()
        return
    with pytest.raises(StoreError) as caught:
        Store(url)

    assert f"network file system ({kind})" in str(caught.value)
    assert "SMTP_BOT_DATABASE_URL" in str(caught.value)


@pytest.mark.parametrize("text", ["", "nonsense", "1 2 3 - ", "- - -"])
def test_what_cannot_be_read_refuses_nothing(text: str) -> None:
    """A file in another form says nothing about a path."""
    assert disks.kind_of(pathlib.Path("/srv"), disks.mountinfo(text)) == ""
