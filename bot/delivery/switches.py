"""The off switches: whether a channel or a thread is read, chosen by anybody in it, and kept over restarts."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import msgspec

from bot import cards
from bot.delivery import durations
from bot.delivery.channels import Channels
from bot.delivery.people import People
from bot.delivery.recent import Recent
from bot.store import Chosen, Store
from bot.terms import Message, Public, Standing

FOREVER = 9e12
# How long another process may go on by what was chosen before.
CHOICES_KEPT = 2.0
# Two pauses that follow each other within a day are one silence: a sweep looks back no further.
JOINED = 86_400.0


class Place(msgspec.Struct, frozen=True):
    """Where somebody chooses, and who."""

    team: str
    channel: str
    user: str

    @property
    def direct(self) -> bool:
        """Whether it is a direct message, where all is for the bot."""
        return self.channel.startswith("D")


class Switches:
    """What channels and threads chose; ``channels`` knows which the settings name, ``people`` everybody's time zone."""

    def __init__(
        self, store: Store, channels: Channels, people: People, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._store, self._channels, self._people, self._clock = store, channels, people, clock
        self._recent: Recent[tuple[str, str, str], dict[str, Chosen]] = Recent(2_000, CHOICES_KEPT, time.monotonic)

    def reads(self, team: str, channel: str, thread: str, ts: str, *, known: bool, shared: bool = False) -> bool:
        """Whether a message that is not addressed to the bot is read; ``known`` where its thread has a case.

        In a ``shared`` channel, where other companies read the answer, only after somebody switched reading on there.
        Raises StoreError, or what the Web API raised: the event must then not be acknowledged.
        """
        chosen, at = self._chosen(team, channel, thread), seconds(ts)
        if any(choice.silent(at) for choice in chosen.values()):
            return False
        on = chosen.get("", Chosen()).watch == "on"
        return on or (not shared and (known or self._channels.watched(channel)))

    def _chosen(self, team: str, channel: str, thread: str) -> dict[str, Chosen]:
        """The choices for a message, from memory for a moment; what is chosen in this process holds at once."""
        known = self._recent.get((team, channel, thread))
        if known is None:
            known = self._store.chosen(team, channel, thread)
            self._recent.put((team, channel, thread), known)
        return known

    def reading(self, team: str, channel: str, *, shared: bool) -> bool:
        """Whether a channel is read at present; ``shared`` where other companies are in it."""
        return self.reads(team, channel, "", str(self._clock()), known=False, shared=shared)

    def watch(self, place: Place, *, on: bool) -> Message | Public:
        """Switches the reading of a channel on or off; what was said while it was off is never answered."""
        if place.direct:
            return cards.notice(DIRECT)
        before, now = self._of(place), self._clock()
        reading = before.watch == "on" or (before.watch == "" and self._named(place.channel))
        paused = before.watch != "off" and before.since <= now < before.until
        if (before.watch == "on" if on else not reading) and not paused:
            return cards.notice("I read this channel already." if on else "I do not read this channel anyway.")
        since = before.since if before.until > before.since else now if reading else 0.0
        fresh = Chosen("on", since, now, place.user) if on else Chosen("off", now, FOREVER, place.user)
        self._keep(place, fresh, before)
        return Public(cards.switched(place.user, on=on))

    def pause(self, place: Place, said: str) -> Message | Public:
        """Pauses the reading of a channel for a time, or ends that ("off"); what was said then is never answered."""
        if place.direct:
            return cards.notice(DIRECT)
        before, now = self._of(place), self._clock()
        paused = before.since <= now < before.until
        if said.lower() in ("off", "end", "stop", "over"):
            if before.watch == "off" or not paused:
                return cards.notice("There is no pause here. /smtp status says whether I read this channel.")
            self._keep(place, msgspec.structs.replace(before, until=now, by=place.user), before)
            return Public(cards.resumed(place.user))
        if before.watch == "off":
            return cards.notice("I do not read this channel anyway: it is switched off. /smtp watch on turns it on.")
        try:
            end = durations.until(said, datetime.fromtimestamp(now, self._people.of(place.user).zone)).timestamp()
        except ValueError as wrong:
            return cards.notice(str(wrong))
        since = before.since if before.until > now - JOINED and before.until > before.since else now
        self._keep(place, msgspec.structs.replace(before, since=since, until=end, by=place.user), before)
        return Public(cards.paused(place.user, end))

    def status(self, place: Place) -> Message:
        """Whether this channel is read, since whose choice, and how to change it."""
        if place.direct:
            return cards.notice(DIRECT)
        return cards.status(self.standing(place.team, place.channel))

    def standing(self, team: str, channel: str) -> Standing:
        """Whether a channel is read, why, and until when it is paused; raises what the store and the Web API raise."""
        chosen, now = self._of(Place(team, channel, "")), self._clock()
        shared = self._channels.shared(channel)
        named = chosen.watch == "" and self._named(channel)
        reading = chosen.watch == "on" or named
        until = chosen.until if chosen.watch != "off" and chosen.since <= now < chosen.until else 0.0
        return Standing(reading=reading, named=named, shared=shared, by=chosen.by, until=until)

    def _named(self, channel: str) -> bool:
        """Whether the settings alone have a channel read: they do not where other companies are in it."""
        return self._channels.watched(channel) and not self._channels.shared(channel)

    def quiet(self, team: str, channel: str, thread: str, user: str, *, on: bool) -> bool:
        """Makes one thread quiet or ends that; False where it is so already."""
        before, now = self._store.chosen(team, channel, thread).get(thread, Chosen()), self._clock()
        if (before.watch == "off") == on:
            return False
        fresh = Chosen("off", now, FOREVER, user) if on else Chosen("", before.since, now, user)
        self._store.choose((team, channel, thread), fresh)
        self._recent.clear()
        return True

    def _of(self, place: Place) -> Chosen:
        return self._store.chosen(place.team, place.channel).get("", Chosen())

    def _keep(self, place: Place, fresh: Chosen, before: Chosen) -> None:
        fresh = msgspec.structs.replace(fresh, greeted=before.greeted)
        self._store.choose((place.team, place.channel, ""), fresh)
        self._recent.clear()


DIRECT = "In a direct message all is for me, and I answer it. These switches are for channels."


def seconds(ts: str) -> float:
    """A message's ts as seconds since 1970; 0.0 where it is none."""
    whole, _, rest = ts.partition(".")
    return float(f"{whole}.{rest or 0}") if whole.isdecimal() and whole.isascii() and rest[:20].isalnum() else 0.0
