"""The page's side of the server: its files, what it shows, a stream of changes, and what people do on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.practice.acts import Acts
from bot.practice.deeds import commands, deeds, person
from bot.practice.guard import Guard
from bot.practice.people import BOT_USER, JSON, TEAM_NAME, Channel
from bot.practice.samples import SAMPLES
from bot.practice.writing import LONGEST

STATIC = Path(__file__).parent / "static"
UPLOAD_BYTES = 10_000_000
QUEUED = 2_000
SHOWN = 500
KEEP_ALIVE = 15.0
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


class Page:
    """Serves the page and carries out what people do on it; ``?as=`` says which person sits before it."""

    def __init__(self, acts: Acts) -> None:
        self.acts = acts
        self.workspace = acts.workspace
        self._streams: set[asyncio.Queue[JSON | None]] = set()

    def routes(self) -> list[BaseRoute]:
        """The addresses, for the server to add."""
        return [
            Route("/", self.index, methods=["GET"]),
            Route("/archives/{rest:path}", self.archive, methods=["GET"]),
            Route("/page/state", self.state, methods=["GET"]),
            Route("/page/stream", self.stream, methods=["GET"]),
            Route("/page/upload", self.upload, methods=["POST"]),
            *(Route(f"/page/{name}", self._doing(deed), methods=["POST"]) for name, deed in deeds(self.acts).items()),
            Route("/page/pictures/{ident}", self.picture, methods=["GET"]),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]

    def guarded(self, application: Starlette) -> ASGIApp:
        """The application behind the guard."""
        return Guard(application, int(self.acts.stage.base.rstrip("/").rpartition(":")[2]))

    def close(self) -> None:
        """Ends the streams, so that the server can end."""
        for stream in self._streams:
            stream.put_nowait(None)

    async def index(self, request: Request) -> Response:
        """The page itself."""
        return Response((STATIC / "index.html").read_bytes(), media_type="text/html; charset=utf-8")

    async def archive(self, request: Request) -> Response:
        """A message's permalink leads to the page, at that message."""
        return RedirectResponse(f"/#{request.path_params['rest']}")

    async def state(self, request: Request) -> Response:
        """All that the page shows to a person."""
        user = person(self.workspace, request.query_params)
        self.workspace.open_direct(user)
        with self.workspace.changed:
            body = {
                "team": TEAM_NAME,
                "you": user,
                "bot": BOT_USER,
                "users": [
                    {"id": u.id, "name": u.name, "real_name": u.real_name, "colour": u.colour, "is_bot": u.is_bot}
                    for u in self.workspace.users.values()
                ],
                "channels": [self._shown(c) for c in self.workspace.channels.values() if user in c.members],
                "ephemerals": [message for message in self.workspace.ephemerals if message["to"] == user],
                "view": next((v for v in reversed(self.workspace.views.values()) if v["user"] == user), None),
                "samples": SAMPLES,
                "home": self.workspace.homes.get(user),
                "has_home": self.acts.stage.manifest.home,
                "commands": commands(self.acts.stage.manifest),
                "shortcuts": self.acts.stage.manifest.shortcuts,
                "steps": self.acts.stage.manifest.steps,
                "longest": LONGEST,
            }
            return Response(msgspec.json.encode(body), media_type="application/json")

    def _shown(self, channel: Channel) -> JSON:
        name = self.workspace.users[BOT_USER].name if channel.kind == "im" else channel.name
        newest = list(channel.messages.values())[-SHOWN:]
        member = BOT_USER in channel.members
        return {"id": channel.id, "name": name, "kind": channel.kind, "bot": member, "messages": newest}

    async def picture(self, request: Request) -> Response:
        """A picture that somebody shared, for the page to show."""
        ident = request.path_params["ident"]
        file = self.workspace.files.get(ident)
        if file is None or file["mimetype"] not in PICTURES:
            return PlainTextResponse("That is no picture.", status_code=404)
        return Response(self.workspace.contents[ident], media_type=file["mimetype"])

    async def stream(self, request: Request) -> Response:
        """Changes as server-sent events, until the page or the server goes."""
        headers = {"Cache-Control": "no-store"}
        user = person(self.workspace, request.query_params)
        return StreamingResponse(self._changes(user), media_type="text/event-stream", headers=headers)

    async def _changes(self, user: str) -> AsyncIterator[bytes]:
        loop, queue = asyncio.get_running_loop(), asyncio.Queue[JSON | None](QUEUED)

        def put(encoded: bytes) -> None:
            # A page that does not keep up is cut off; it comes back and loads everything afresh.
            queue.put_nowait({"data": encoded} if queue.qsize() < QUEUED - 1 else None) if not queue.full() else None

        def watcher(change: JSON) -> None:
            if change.get("user", user) == user and change.get("message", {}).get("to", user) == user:
                loop.call_soon_threadsafe(put, msgspec.json.encode(change))

        leave = self.workspace.watch(watcher)
        self._streams.add(queue)
        try:
            yield b'retry: 1000\ndata: {"type":"hello"}\n\n'
            while True:
                try:
                    change = await asyncio.wait_for(queue.get(), KEEP_ALIVE)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                if change is None:
                    return
                yield b"data: " + change["data"] + b"\n\n"
        finally:
            self._streams.discard(queue)
            leave()

    def _doing(self, deed: Callable[[JSON], JSON | None]) -> Callable[[Request], Any]:
        async def done(request: Request) -> Response:
            if request.headers.get("content-type", "").partition(";")[0] != "application/json":
                return PlainTextResponse("JSON, please.", status_code=415)
            try:
                body = msgspec.json.decode(await request.body(), type=dict)
                answer = await run_in_threadpool(deed, body)
            except (ValueError, LookupError, TimeoutError) as error:
                words = error.args[0] if isinstance(error, KeyError) and error.args else error
                return PlainTextResponse(str(words), status_code=400)
            if answer is None:
                return Response(status_code=204)
            return Response(msgspec.json.encode(answer), media_type="application/json")

        return done

    async def upload(self, request: Request) -> Response:
        """A file dropped on the page: its bytes are the body."""
        if request.headers.get("content-type") != "application/octet-stream":
            return PlainTextResponse("A file, please.", status_code=415)
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > UPLOAD_BYTES:
                return PlainTextResponse("The practice workspace takes files of up to 10 MB.", status_code=413)
        asked = request.query_params
        try:
            self.acts.uploads(
                asked.get("name", "file")[:200],
                bytes(content),
                asked.get("channel", ""),
                asked.get("comment", "")[:LONGEST],
                thread_ts=asked.get("thread_ts") or None,
                snippet=asked.get("snippet") == "1",
                user=person(self.workspace, asked),
            )
        except KeyError as error:
            return PlainTextResponse(str(error.args[0]), status_code=400)
        return Response(status_code=204)
