"""The yardstick: a bare Bolt app that posts a fixed text into the thread of whatever holds a reply code."""

from __future__ import annotations

import os
import re
import threading
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

CODE = re.compile(r"\b[45]\d\d[ -][45]\.\d{1,3}\.\d{1,3}\b")


def run() -> None:
    """Connects and answers until the process is ended."""
    app = App(client=WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]))

    @app.event("message")
    def answer(event: dict[str, Any], client: WebClient) -> None:
        if CODE.search(event.get("text") or "") and not event.get("thread_ts"):
            client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="That is a bounce.")

    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).connect()  # type: ignore[no-untyped-call]
    threading.Event().wait()


if __name__ == "__main__":
    run()
