"""``files.*``: what the bot can read, and the three calls by which it uploads a file."""

from __future__ import annotations

from bot.practice import files
from bot.practice.api.calls import Method, Refused, needed, open_channel
from bot.practice.api.chat import in_thread
from bot.practice.outgoing import composed, listed
from bot.practice.people import BOT_USER, JSON
from bot.practice.stage import Stage
from bot.practice.workspace import new_id

LARGEST = 1_000_000_000


def info(stage: Stage, args: JSON) -> JSON:
    """``files.info``: a file in full, also one that an event only named."""
    needed(args, "file")
    file = stage.workspace.files.get(str(args["file"]))
    if file is None:
        raise Refused("file_not_found")
    return {"file": file}


def upload_url(stage: Stage, args: JSON) -> JSON:
    """``files.getUploadURLExternal``: where to post the bytes."""
    needed(args, "filename", "length")
    if not str(args["length"]).isdigit() or not 0 < int(args["length"]) <= LARGEST:
        raise Refused("invalid_arguments")
    ident = new_id("F")
    stage.uploads[ident] = (str(args["filename"]), b"")
    return {"upload_url": f"{stage.base}upload/{ident}", "file_id": ident}


def complete(stage: Stage, args: JSON) -> JSON:
    """``files.completeUploadExternal``: shares what was posted, in a channel or a thread of it."""
    named = listed(args.get("files"))
    if not isinstance(named, list) or not named:
        raise Refused("invalid_arguments")
    if any(str(one.get("id")) not in stage.uploads for one in named):
        raise Refused("file_not_found")
    shared = [_kept(stage, str(one["id"]), one.get("title")) for one in named]
    if args.get("channel_id"):
        _post(stage, args | {"channel": args["channel_id"]}, shared)
    return {"files": shared}


def _kept(stage: Stage, ident: str, title: object) -> JSON:
    name, content = stage.uploads.pop(ident)
    now = int(stage.workspace.now())
    file = files.uploaded(name, content, BOT_USER, stage.base, now, ident=ident)
    return stage.workspace.keep_file(file | {"title": str(title or name)}, content)


def _post(stage: Stage, args: JSON, shared: list[JSON]) -> None:
    channel = open_channel(stage, args)
    in_thread(channel, args)
    message = composed({"text": args.get("initial_comment", ""), "thread_ts": args.get("thread_ts")})
    message |= {"subtype": "file_share", "files": shared, "upload": True}
    stage.announce(channel, stage.workspace.add(channel, message))


UPLOADS: dict[str, Method] = {
    "files.info": info,
    "files.getUploadURLExternal": upload_url,
    "files.completeUploadExternal": complete,
}
