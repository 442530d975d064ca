"""The addresses that the app talks to: Web API, Socket Mode, response URLs, file downloads."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.practice import scopes
from bot.practice.api import METHODS, Refused
from bot.practice.faults import Fault
from bot.practice.people import JSON
from bot.practice.stage import Stage

# What Slack answers a download without a right token, with status 200: bolt-python#1283, bolt-js#2585.
LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Web:
    """The app's side of the server."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.stopping = asyncio.Event()

    def routes(self) -> list[BaseRoute]:
        """The addresses, for the server to add."""
        return [
            Route("/api/{method}", self.call, methods=["GET", "POST"]),
            Route("/hooks/{key}", self.respond, methods=["POST"]),
            Route("/upload/{ident}", self.upload, methods=["POST"]),
            Route("/files-pri/{rest:path}", self.download, methods=["GET"]),
            WebSocketRoute("/link/", self.connect),
        ]

    async def call(self, request: Request) -> Response:
        """A call of the Web API."""
        self.stage.busy += 1
        try:
            return await self._call(request)
        except ClientDisconnect:
            return Response(status_code=499)
        finally:
            self.stage.busy -= 1
            self.stage.wire.touch()

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        try:
            args = await arguments(request)
        except ValueError as wrong:
            return self._answered({"ok": False, "error": str(wrong)})
        self.stage.calls.append((method, {key: value for key, value in args.items() if key != "token"}))
        fault = self.stage.faults.take(method)
        if fault is not None and not fault.performed:
            return await self._failed(fault)
        outcome = self._perform(method, args, bearer(request) or str(args.get("token", "")))
        return outcome if fault is None else await self._failed(fault)

    def _perform(self, method: str, args: JSON, token: str) -> Response:
        known = METHODS.get(method)
        try:
            if known is None:
                raise Refused("unknown_method", req_method=method)
            self._authorised(method, token)
            self._permitted(method, args)
            with self.stage.workspace.changed:
                return self._answered({"ok": True, **known(self.stage, args)})
        except Refused as refused:
            return self._answered(refused.answer)

    def _authorised(self, method: str, token: str) -> None:
        if not token:
            raise Refused("not_authed")
        app_level = method == "apps.connections.open"
        if token not in (self.stage.bot_token, self.stage.app_token):
            raise Refused("invalid_auth")
        if token != (self.stage.app_token if app_level else self.stage.bot_token):
            raise Refused("not_allowed_token_type")

    def _permitted(self, method: str, args: JSON) -> None:
        granted = self.stage.scopes
        channel = self.stage.workspace.find(str(args.get("channel") or ""))
        if granted is not None and (lacks := scopes.lacking(method, args, channel, granted)):
            raise Refused("missing_scope", needed=lacks, provided=",".join(sorted(granted)))

    async def _failed(self, fault: Fault) -> Response:
        if fault.how == "timeout":
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), fault.seconds)
            return PlainTextResponse("Gateway Timeout", status_code=504)
        if isinstance(fault.how, int):
            return PlainTextResponse("Internal Server Error", status_code=fault.how)
        if fault.how == "ratelimited":
            return self._answered({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(fault.retry_after)})
        return self._answered({"ok": False, "error": fault.how})

    def _answered(self, body: JSON, status: int = 200, headers: dict[str, str] | None = None) -> Response:
        """A Web API answer in JSON, with the token's scopes beside it."""
        return Response(
            msgspec.json.encode(body),
            status_code=status,
            media_type="application/json; charset=utf-8",
            headers={"x-oauth-scopes": ",".join(sorted(self.stage.scopes or ())), **(headers or {})},
        )

    async def respond(self, request: Request) -> Response:
        """A post to a response URL."""
        try:
            body = msgspec.json.decode(await request.body(), type=dict)
        except msgspec.DecodeError:
            return PlainTextResponse("invalid_payload", status_code=400)
        self.stage.wire.touch()
        self.stage.calls.append(("response_url", body))
        status, text = self.stage.hooks.post(request.path_params["key"], body)
        return PlainTextResponse(text, status_code=status)

    async def download(self, request: Request) -> Response:
        """A file's contents for the bot's token; to all others a page to sign in, with status 200."""
        self.stage.wire.touch()
        file_id = request.path_params["rest"].partition("/")[0]
        content = self.stage.workspace.contents.get(file_id)
        if (fault := self.stage.faults.take("files-pri")) is not None:
            return await self._undownloaded(fault)
        if bearer(request) != self.stage.bot_token:
            return HTMLResponse(LOGIN_PAGE)
        if content is None:
            return HTMLResponse("<!DOCTYPE html><title>File not found</title>", status_code=404)
        return Response(content, media_type=self.stage.workspace.files[file_id]["mimetype"])

    async def _undownloaded(self, fault: Fault) -> Response:
        """What a download gets instead of its file: ``login``, ``redirect ADDRESS``, or what a method's call gets."""
        if fault.how == "login":
            return HTMLResponse(LOGIN_PAGE)
        how, _, address = str(fault.how).partition(" ")
        if how == "redirect":
            return Response(status_code=302, headers={"Location": address})
        return await self._failed(fault)

    async def upload(self, request: Request) -> Response:
        """The bytes of a file that the bot announced; the address itself is the permission, as with Slack's."""
        ident = request.path_params["ident"]
        if ident not in self.stage.uploads:
            return PlainTextResponse("not found", status_code=404)
        content = await request.body()
        self.stage.uploads[ident] = (self.stage.uploads[ident][0], content)
        return PlainTextResponse(f"OK - {len(content)}")

    async def connect(self, socket: WebSocket) -> None:
        """A Socket Mode connection."""
        await self.stage.sockets.serve(socket)


def bearer(request: Request) -> str:
    """The token of the Authorization header, "" without one."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def arguments(request: Request) -> JSON:
    """A call's arguments from query, form or JSON; raises ValueError with Slack's error where the body is broken.

    A JSON body may be empty: slack_sdk calls ``auth.test`` so.
    """
    args: JSON = dict(request.query_params)
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "multipart/form-data":
        return args | {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    body = await request.body()
    if not body.strip():
        return args
    if content_type == "application/json":
        try:
            return args | msgspec.json.decode(body, type=dict)
        except msgspec.DecodeError:
            raise ValueError("invalid_json") from None
    if content_type in FORMS:
        return args | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    raise ValueError("invalid_form_data")
