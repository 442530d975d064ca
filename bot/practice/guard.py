"""Who may talk to the practice workspace: this machine, under its own name, and no other site's page."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFE = ("GET", "HEAD")
PROTECTION = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Guard:
    """Lets through what is addressed to this server by its own name (no DNS rebinding) and comes from no other site."""

    def __init__(self, application: ASGIApp, port: int) -> None:
        self._application = application
        self._origins = {f"http://127.0.0.1:{port}", f"http://localhost:{port}"}
        # slack_sdk's built-in Socket Mode client leaves the port out of Host (3.47).
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}", "127.0.0.1", "localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 403 saying why not."""
        if scope["type"] not in ("http", "websocket"):
            await self._application(scope, receive, send)
            return
        wrong = self._wrong(scope, Headers(scope=scope))
        if not wrong:
            await self._application(scope, receive, protected(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(wrong, status_code=403)(scope, receive, send)

    def _wrong(self, scope: Scope, headers: Headers) -> str:
        if headers.get("host", "").lower() not in self._hosts:
            return "This page answers only at its own address on this machine."
        origin = headers.get("origin")
        if origin is not None and origin not in self._origins:
            return "Another site's page may not use the practice workspace."
        if scope["type"] == "http" and scope["path"].startswith("/page/") and scope["method"] not in SAFE:
            # Browsers send Origin with every post; what comes without is no page of ours.
            return "" if origin is not None else "The page's addresses are for the page."
        return ""


def protected(send: Send) -> Send:
    """Adds to every answer the headers that keep other sites and addresses out."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *PROTECTION]
        await send(message)

    return sending
