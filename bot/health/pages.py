"""The three addresses: /healthz, /readyz and /metrics. They say no id, no address, no token and nothing of a bounce."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.health.metrics import Gauge, registry
from bot.meter import Meter

READY, NOT_READY = 200, 503


class Check(msgspec.Struct, frozen=True):
    """Something that must be there before the bot can answer; ``lacking`` says what to mend, "" where all is well."""

    name: str
    lacking: Callable[[], str]


def application(
    meter: Meter,
    checks: tuple[Check, ...],
    gauges: tuple[Gauge, ...],
    *,
    version: str,
    more: tuple[Route, ...] = (),
) -> Starlette:
    """The pages of one process, and what ``more`` it serves.

    Each page is made in a thread when it is asked for: a slow database stops no other page.
    """
    figures = registry(meter, gauges, version)

    def live(_request: Request) -> Response:
        """The process answers; whether it can work is what /readyz says."""
        return JSONResponse({"live": True, "version": version})

    def ready(_request: Request) -> Response:
        """200 where everything is there, else 503; either way what was looked at, and what to mend."""
        found = {check.name: check.lacking() for check in checks}
        lacking = {name: said for name, said in found.items() if said}
        body = {"ready": not lacking, **{name: said or "ok" for name, said in found.items()}}
        return JSONResponse(body, NOT_READY if lacking else READY)

    def metrics(_request: Request) -> Response:
        """The figures in Prometheus' text format."""
        return Response(generate_latest(figures), headers={"content-type": CONTENT_TYPE_LATEST})

    pages = {"/healthz": live, "/readyz": ready, "/metrics": metrics}
    return Starlette(routes=[*(Route(path, page, methods=["GET"]) for path, page in pages.items()), *more])
