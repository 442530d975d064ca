"""The composition root: settings, catalogue, database, Slack and listeners put together, and run until told to stop."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import types
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import structlog
from dotenv import dotenv_values
from slack_bolt import App
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import __version__, logs
from bot.answer import Ours
from bot.checks import Lookup, Unavailable
from bot.delivery import Delivery
from bot.delivery.away import Away
from bot.delivery.casework import Casework
from bot.delivery.desk import Desk
from bot.delivery.errors import trouble
from bot.delivery.posting import FAILURES
from bot.delivery.reacting import Reacting
from bot.delivery.reminders import Reminders
from bot.delivery.resume import Resume
from bot.delivery.surging import Surging
from bot.delivery.sweep import Sweep
from bot.delivery.upkeep import Upkeep
from bot.delivery.weekly import Weeklies
from bot.meter import Meter
from bot.practice import Practice
from bot.process import one_heap, prompt
from bot.serving import AddressError
from bot.settings import Settings, SettingsError
from bot.slack import away, casework, checking, failures, home, listeners, scopes, shortcuts, step, switches, week
from bot.slack.admission import Admission
from bot.slack.client import Client, Shared
from bot.slack.company import Company
from bot.slack.connection import Connection
from bot.slack.ending import Ending
from bot.slack.events import Me, found
from bot.slack.intake import Inline
from bot.slack.requests import PATH
from bot.slack.socket import BROKEN
from bot.starting import StartError, Unreachable, free_port, refused, unreachable
from bot.store import DatabaseAway, Store, StoreError
from catalogue import Catalogue, CatalogueError, load
from catalogue.hearing.network import taught

if TYPE_CHECKING:
    from bot.operations import Pages

WELL, LOST, MISTAKEN = 0, 1, 2
HOURLY = 3_600.0
PRACTISED = "question"

log = structlog.get_logger("bot")


def start(environ: Mapping[str, str]) -> int:
    """Runs the bot with the settings of ``environ`` and, beneath them, of a .env file here; the exit status."""
    try:
        settings = Settings.read({**{k: v or "" for k, v in dotenv_values(".env").items()}, **environ})
    except SettingsError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return MISTAKEN
    logs.crashes()
    one_heap()
    return run(settings)


def run(settings: Settings, stop: threading.Event | None = None) -> int:
    """Runs until ``stop``, Ctrl-C or SIGTERM; the exit status: 0 well, else with one message on what to mend.

    1 where another start may help: Slack or the database cannot be reached, or Slack took the token back; 2 where a
    setting must be mended first.
    """
    stop = stop or threading.Event()
    ending = Ending(stop)
    logs.configure(form=settings.log)
    practice = pages = None
    try:
        catalogue = load(*settings.catalogue)
        store = Store(settings.database_url, lease=settings.lease_seconds, days=settings.retention_days)
        if settings.practice:
            practice = Practice(free_port(settings.practice_port))
            practice.start()
            settings = offering(pointed_at(practice, settings))
        pages = watched(settings.listening)
        connected = connect(settings, catalogue, store, ending)
        if pages is not None:
            pages.open(connected, store, catalogue)
    except (AddressError, CatalogueError, StoreError, StartError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        for opened in (practice, pages):
            if opened is not None:
                opened.stop()
        return LOST if isinstance(wrong, Unreachable | DatabaseAway) else MISTAKEN
    greet(settings, practice)
    for lack in () if practice else scopes.missing(scopes.granted(web_client(settings)), wanted(settings)):
        sys.stdout.write(f"{lack}\n")
    sys.stdout.flush()
    prompt()
    serve(settings, store, stop)
    connected.close()
    if pages is not None:
        pages.stop()
    if practice is not None:
        practice.stop()
    store.close()
    if ending.reason:
        sys.stderr.write(f"{ending.reason}\n")
        return LOST
    return WELL


def watched(address: tuple[str, int] | None) -> Pages | None:
    """The pages for an operator's tools, where they are wanted; raises AddressError."""
    if address is None:
        return None
    from bot.operations import Pages

    return Pages(address)


def build(
    settings: Settings,
    catalogue: Catalogue,
    store: Store,
    client: WebClient | None = None,
    meter: Meter | None = None,
) -> tuple[App, Desk]:
    """The Bolt app with all its listeners, and what they call; raises BoltError where Slack refuses the token."""
    taught()  # Read now: the first question in a thread shall not wait for it.
    meter = meter or Meter()
    client = client or web_client(settings, meter)
    delivery = Delivery(
        catalogue,
        store,
        client,
        channels=settings.channels,
        apps=settings.apps,
        ours=Ours(settings.our_domains, settings.our_networks),
        queue=settings.queue,
        incident_hours=settings.incident_hours,
        lookup=lookup(settings),
        most_bytes=settings.file_mb * 1_000_000,
        contact=settings.contact,
        meter=meter,
    )
    app = App(
        name="smtp-bot",
        client=client,
        logger=client.logger,
        signing_secret=settings.signing_secret,
        request_verification_enabled=bool(settings.signing_secret),
        raise_error_for_unhandled_request=True,
        listener_executor=Inline(),
    )
    desk = Desk(delivery)
    app.use(Shared(client))
    app.use(Company(delivery.people))
    app.use(Admission(delivery, desk, Reacting(delivery, settings.reaction)))
    threadwork = Casework(catalogue, store, client, delivery.threads, delivery.poster, facts=delivery.facts)
    delivery.followed.append(threadwork.follow)
    doing = switches.register(app, delivery)
    checking.register(app, delivery)
    shortcuts.register(app, delivery)
    step.register(app, delivery)
    home.register(app, delivery, emoji=settings.reaction, version=__version__)
    week.register(app, delivery)
    reminders = Reminders(store, client, delivery.people)
    threadwork.closed.append(reminders.cancel)
    doing |= casework.register(app, threadwork, reminders)
    away.register(app, desk)
    listeners.register(app, delivery, threadwork, doing)
    failures.register(app, meter)
    return app, desk


def lookup(settings: Settings) -> Lookup | None:
    """The way to ask DNS where that is switched on; raises StartError where its library is missing."""
    if not settings.dns:
        return None
    try:
        return Lookup()
    except Unavailable as wrong:
        raise StartError(str(wrong)) from None


def web_client(settings: Settings, meter: Meter | None = None, ending: Ending | None = None) -> WebClient:
    """The client of the Web API with the bot's token; ``meter`` and ``ending`` hear what Slack refuses."""
    logger = logging.getLogger("slack")
    logger.setLevel(max(logger.getEffectiveLevel(), logging.WARNING))
    logger.addFilter(expected)
    return Client(settings.bot_token, settings.api_url, logger=logger, meter=meter, ending=ending)


def expected(record: logging.LogRecord) -> bool:
    """Leaves out Bolt's remark that SLACK_BOT_TOKEN is in the environment while a client was given."""
    return not str(record.msg).startswith("As you gave `client`")


def connect(settings: Settings, catalogue: Catalogue, store: Store, ending: Ending | None = None) -> Connection:
    """The app connected by Socket Mode; raises StartError naming the token that Slack refuses."""
    meter = Meter()
    client = web_client(settings, meter, ending)
    try:
        app, desk = build(settings, catalogue, store, client, meter)
        me = identity(client)
        upkeep = upkept(desk, client, settings, me)
    except BoltError as wrong:
        cause = wrong.__context__ or wrong
        if isinstance(cause, SlackApiError) and trouble(cause) != "refused":
            raise unreachable(settings, cause) from None
        raise refused("SLACK_BOT_TOKEN", cause) from None
    except FAILURES as wrong:
        raise unreachable(settings, wrong) from None
    try:
        secret = settings.signing_secret
        return Connection(app, settings.app_token, desk, upkeep, me=me, ending=ending, signing_secret=secret)
    except SlackApiError as wrong:
        if trouble(wrong) != "refused":
            raise unreachable(settings, wrong) from None
        raise refused("SLACK_APP_TOKEN", wrong) from None
    except BROKEN as wrong:
        raise unreachable(settings, wrong) from None


def identity(client: WebClient) -> Me:
    """Who the bot is, as auth.test names it; raises what the Web API raises."""
    said = client.auth_test()
    return Me(*(str(said.get(name) or "") for name in ("team_id", "user_id", "bot_id")))


def upkept(desk: Desk, client: WebClient, settings: Settings, known: Me) -> Upkeep:
    """The heartbeat of a desk, for the bot of that name."""
    read = partial(found, me=known)
    older = Away(desk, client, read, team=known.team, me=known.user).offer
    sweep = Sweep(desk, client, read, team=known.team, me=known.user, hours=settings.sweep_hours, older=older)
    errands = (Weeklies(desk.delivery, known.team).run, Surging(desk.delivery, known.team).run, desk.store.settle)
    return Upkeep(desk, Resume(desk, client, read), sweep, team=known.team, errands=errands)


def pointed_at(practice: Practice, settings: Settings) -> Settings:
    """The settings with the practice workspace in Slack's place."""
    return msgspec.structs.replace(
        settings, bot_token=practice.bot_token, app_token=practice.app_token, api_url=practice.api_url
    )


def offering(settings: Settings) -> Settings:
    """The settings with what is off by default and can be tried out without harm: the emoji."""
    return msgspec.structs.replace(settings, reaction=settings.reaction or PRACTISED)


def greet(settings: Settings, practice: Practice | None) -> None:
    """Says where the bot is now."""
    watched = ", ".join(settings.channels)
    if practice is not None:
        sys.stdout.write(f"The practice workspace is open: {practice.url}  (Ctrl-C ends it)\n")
    elif settings.signed and settings.listening:
        host, port = settings.listening
        where = f"http://{host}:{port}{PATH}"
        sys.stdout.write(f"Waiting for Slack's signed requests at {where}. Reading: {watched}  (Ctrl-C ends it)\n")
    else:
        sys.stdout.write(f"Connected to Slack. Reading: {watched}  (Ctrl-C ends it)\n")
    sys.stdout.flush()


def wanted(settings: Settings) -> frozenset[str]:
    """The scopes that only a setting needs, and that it is worth to speak of."""
    return frozenset(("reactions:read",)) if settings.reaction else frozenset()


def serve(settings: Settings, store: Store, stop: threading.Event) -> None:
    """Waits for ``stop``, Ctrl-C or SIGTERM, and forgets hourly what is older than the retention."""

    def ended(_signal: int, _frame: types.FrameType | None) -> None:
        stop.set()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, ended)
        signal.signal(signal.SIGINT, ended)
    while True:
        try:
            store.purge(settings.retention_days)
        except StoreError as wrong:
            log.error("purge_failed", mend=str(wrong))
        if stop.wait(HOURLY):
            return
