"""The meter's counts as Prometheus reads them: one table of names, meanings and labels.

No label holds an id, an address or a text: the page may be read by whoever reads the team's graphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate

import msgspec
from prometheus_client import CollectorRegistry, Metric, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

from bot.meter import BOUNDS, Meter, Name


class Counted(msgspec.Struct, frozen=True):
    """What a counter means, its labels, and which of their values are shown from the start, so that a rise is seen."""

    help: str
    labels: tuple[str, ...] = ()
    known: tuple[tuple[str, ...], ...] = ()


class Gauge(msgspec.Struct, frozen=True):
    """A figure that is asked for when the page is read; ``read`` gives None where it cannot be told now."""

    name: str
    help: str
    read: Callable[[], float | None]


COUNTERS: dict[Name, Counted] = {
    "messages": Counted(
        "Messages that Slack told of: silent (ordinary chat), claimed (to be answered here), known (answered already),"
        " dropped (chat in threads that was not looked at, because too much waited).",
        ("outcome",),
        (("silent",), ("claimed",), ("known",), ("dropped",)),
    ),
    "answers": Counted(
        "Answers that are in their place, by kind of answer and by what the diagnosis rests on (empty: no diagnosis).",
        ("kind", "basis"),
    ),
    "unrecognised": Counted("Questions and pastes in which no SMTP error was found."),
    "late": Counted("Answers that Slack did not take in time; each is tried again."),
    "failed": Counted(
        "Messages that will never be answered: refused by Slack, gone, or exhausted after ten processes.",
        ("why",),
        (("refused",), ("gone",), ("exhausted",)),
    ),
    "errors": Counted("Errors of the bot's own: each is a bug, with a line in the log."),
    "slack_errors": Counted(
        "Calls of Slack's Web API that failed, by method and Slack's word for it.", ("method", "code")
    ),
    "sweeps": Counted(
        "Channels looked through after the bot was away: read, later (Slack was busy), refused.",
        ("outcome",),
        (("read",), ("later",), ("refused",)),
    ),
    "resumed": Counted("Messages taken up from a process that is gone."),
    "connections": Counted("Socket Mode connections that Slack greeted."),
    "disconnections": Counted("Socket Mode connections that ended."),
    "turned_away": Counted(
        "What had no room and was not acknowledged: Slack brings messages again, and a sweep looks for them.",
        ("lane",),
        (("messages",), ("commands",), ("others",)),
    ),
}


class Figures:
    """A collector of the meter's counts and the gauges."""

    def __init__(self, meter: Meter, gauges: tuple[Gauge, ...]) -> None:
        self._meter, self._gauges = meter, gauges

    def collect(self) -> Iterator[Metric]:
        """All figures as they are now."""
        counts = self._meter.counts()
        for name, about in COUNTERS.items():
            family = CounterMetricFamily(f"smtp_bot_{name}", about.help, labels=about.labels)
            none = {labels: 0 for labels in about.known or (() if about.labels else ((),))}
            found = {labels: count for (named, labels), count in counts.items() if named == name}
            for labels, count in sorted((none | found).items()):
                family.add_metric(labels, count)
            yield family
        yield self._times()
        for gauge in self._gauges:
            yield from measured(gauge)

    def _times(self) -> Metric:
        """The time from hearing a message to its answer being in place, as a histogram."""
        times = self._meter.times()
        edges = [*map(str, BOUNDS), "+Inf"]
        buckets = list(zip(edges, accumulate(times.within), strict=True))
        text = "Seconds from hearing a message to its answer being in place."
        family = HistogramMetricFamily("smtp_bot_time_to_card_seconds", text)
        family.add_metric([], buckets, sum_value=times.total)
        return family


def measured(gauge: Gauge) -> Iterator[Metric]:
    """A gauge as it is now; nothing where it cannot be told: an old value would hide that."""
    value = gauge.read()
    if value is not None:
        yield GaugeMetricFamily(f"smtp_bot_{gauge.name}", gauge.help, value=value)


def registry(meter: Meter, gauges: tuple[Gauge, ...], version: str) -> CollectorRegistry:
    """All figures of this process: the meter's, the gauges', and what Prometheus tells of any process (on Linux)."""
    made = CollectorRegistry()
    made.register(Figures(meter, gauges))
    made.register(Version(version))
    ProcessCollector(registry=made)
    return made


class Version:
    """A collector of the one figure that says which version runs."""

    def __init__(self, version: str) -> None:
        self._version = version

    def collect(self) -> Iterator[Metric]:
        """Always 1; the label is what it says."""
        family = GaugeMetricFamily("smtp_bot_info", "Which version runs.", labels=["version"])
        family.add_metric([self._version], 1)
        yield family
