"""The store: claims that happen once, cases without what people wrote, and errors that say what to mend."""

from __future__ import annotations

import pathlib
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy

from bot.store import LEASE, Store, StoreError
from bot.store.claims import MOST_ATTEMPTS
from bot.terms import Case, Progress, Values
from tests.databases import fresh

COLUMNS = {
    "answers": "id team channel ts thread kind state owner lease attempts posted_ts claimed_at asker",
    "cases": "id team channel thread entry version reply enhanced state basis provider outlook actor then_actor retry"
    " suppress recipients count status card_ts opened_at changed_at owner moved_by moved_at before fixed_ts used cause"
    " incident",
    "sightings": "id team channel thread ts cause incident domain seen_at",
    "tallies": "id team channel thread ts entry provider bounces seen_at",
    "surges": "id team channel entry provider since last",
    "weeklies": "id team channel weekday minute zone by due_at",
    "keys": "id value",
    "reminders": "id team channel thread user scheduled due_at",
    "feedback": "id team channel ts thread kind entry user given_at",
    "settings": "id team channel thread watch since until by greeted changed_at",
    "watermarks": "id team channel began reached",
}
PASTE = ("T1", "C1", "1700000000.000100", "1700000000.000100", "channel")
CASE = Case(
    entry="google.recipient.unknown",
    version="v1",
    reply="550",
    enhanced="5.1.1",
    state="given-up",
    basis="provider",
    provider="google",
    outlook="permanent",
    actor="author",
    suppress="yes",
    suppress_why="hush-why",
    recipients=2,
    count=3,
    values=Values(ip="192.0.2.99", domain="hush.example.com"),
    quote="hush-quote a…@example.com",
    asker="UHUSH",
)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """The time, in seconds."""
        return self.now


@pytest.fixture
def url(tmp_path: pathlib.Path) -> str:
    """A new database."""
    return fresh(tmp_path)


@pytest.fixture
def file(tmp_path: pathlib.Path) -> str:
    """A new SQLite file, for what is so with files only."""
    return f"sqlite:///{tmp_path}/bot.sqlite3"


def test_a_message_is_claimed_once(url: str) -> None:
    """The first claim gets the message, the second nothing, also through another store on the same file."""
    first, second = Store(url), Store(url)

    claim = first.claim(*PASTE)

    assert claim is not None
    assert (claim.ts, claim.attempts) == (PASTE[2], 1)
    assert first.claim(*PASTE) is None
    assert second.claim(*PASTE) is None


@pytest.mark.parametrize("other", [("T2", *PASTE[1:]), ("T1", "C2", *PASTE[2:]), ("T1", "C1", "2.2", *PASTE[3:])])
def test_team_channel_and_ts_make_a_message(url: str, other: tuple[str, str, str, str, str]) -> None:
    """The same ts in another channel or workspace is another message."""
    store = Store(url)
    store.claim(*PASTE)

    assert store.claim(*other) is not None


def test_an_expired_lease_is_taken_over_once(url: str) -> None:
    """When the owner is gone for longer than the lease, one other gets the claim, as a second attempt."""
    clock = Clock()
    Store(url, clock=clock).claim(*PASTE)
    clock.now += LEASE - 1
    second, third = Store(url, clock=clock), Store(url, clock=clock)

    assert second.claim(*PASTE) is None

    clock.now += 1
    claim = second.claim(*PASTE)

    assert claim is not None
    assert claim.attempts == 2
    assert third.claim(*PASTE) is None


def test_a_released_claim_is_free_at_once(url: str) -> None:
    """An owner that cannot post gives the message back."""
    store = Store(url)
    claim = store.claim(*PASTE)
    assert claim is not None
    store.release(claim)

    assert Store(url).claim(*PASTE) is not None


def test_a_withdrawn_claim_never_was(url: str) -> None:
    """A button that could not post may be pressed again, as often as it takes."""
    store = Store(url)
    for _ in range(MOST_ATTEMPTS + 1):
        claim = store.claim(*PASTE)
        assert claim is not None
        assert claim.attempts == 1
        store.withdraw(claim)


@pytest.mark.parametrize("end", ["posted", "failed"])
def test_an_ended_claim_is_never_taken_over(url: str, end: str) -> None:
    """What was answered, or refused for good, stays so whatever time passes."""
    clock = Clock()
    store = Store(url, clock=clock)
    claim = store.claim(*PASTE)
    assert claim is not None
    if end == "posted":
        store.posted(claim, "1700000000.000200")
    else:
        store.failed(claim)
    store.release(claim)
    clock.now += 10 * LEASE

    assert store.claim(*PASTE) is None


def test_an_owner_that_lost_its_lease_ends_nothing(url: str) -> None:
    """A process that wakes up after its lease cannot close the claim of the one that took over."""
    clock = Clock()
    slow, quick = Store(url, clock=clock), Store(url, clock=clock)
    lost = slow.claim(*PASTE)
    clock.now += LEASE
    quick.claim(*PASTE)
    assert lost is not None
    slow.failed(lost)
    clock.now += LEASE

    assert Store(url, clock=clock).claim(*PASTE) is not None


def test_a_message_that_ends_processes_is_given_up(url: str) -> None:
    """After MOST_ATTEMPTS owners none gets the message any more."""
    clock = Clock()
    store = Store(url, clock=clock)
    attempts = []
    for _ in range(MOST_ATTEMPTS + 2):
        claim = store.claim(*PASTE)
        attempts.append(claim.attempts if claim else None)
        clock.now += LEASE

    assert attempts == [*range(1, MOST_ATTEMPTS + 1), None, None]


def test_what_is_given_up_is_told_once(url: str) -> None:
    """The claim that ended too many processes is closed as failed and told to one of them, so that it can be seen."""
    clock = Clock()
    first, second = Store(url, clock=clock), Store(url, clock=clock)
    for _ in range(MOST_ATTEMPTS):
        assert (first.exhausted(), first.claim(*PASTE) is not None) == ([], True)
        clock.now += LEASE

    assert first.expired() == []
    assert [(PASTE[2], MOST_ATTEMPTS)] == [(claim.ts, claim.attempts) for claim in first.exhausted()]
    assert first.exhausted() == second.exhausted() == []


def test_the_backlog_is_what_nobody_has_answered(url: str) -> None:
    """How many messages wait for their answer, and for how long the oldest does; what has ended counts no more."""
    clock = Clock()
    store = Store(url, clock=clock)
    assert store.backlog() == (0, 0.0)

    first = store.claim(*PASTE)
    clock.now += 5
    store.claim("T1", "C1", "2.0", "2.0", "bounce")
    clock.now += 2
    assert store.backlog() == (2, 7.0)

    assert first is not None
    store.posted(first, "3.0")
    assert store.backlog() == (1, 2.0)


@pytest.mark.parametrize("where", ["file", "memory"])
def test_threads_share_the_claims(url: str, where: str) -> None:
    """Of 16 threads that want the same 20 messages, each message goes to one, in a file and in memory."""
    store = Store(url if where == "file" else "sqlite://")
    wanted = [("T1", "C1", f"{n}.0", f"{n}.0", "channel") for n in range(20)] * 16
    with ThreadPoolExecutor(16) as pool:
        got = list(pool.map(lambda message: store.claim(*message), wanted))

    assert sorted(claim.ts for claim in got if claim) == sorted({message[2] for message in wanted})


RACE = """
import sys
from bot.store import Store
url, go = sys.argv[1:]
store = Store(url)
print("ready", flush=True)
sys.stdin.readline()
print(sum(store.claim("T1", "C1", f"{n}.0", f"{n}.0", "channel") is not None for n in range(200)))
"""


def test_processes_share_the_claims(url: str) -> None:
    """Four processes that open one new file together and want the same 200 messages get 200 claims in all."""
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, url, "go"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    got = [int(racer.communicate("go\n", timeout=60)[0]) for racer in racers]

    assert sum(got) == 200


def test_a_case_comes_back_without_what_people_wrote(url: str) -> None:
    """Codes, ids and advice survive; values, quote, the reason in words and the asker do not."""
    Store(url).keep("T1", "C1", "1.0", CASE, "1.1")

    kept = Store(url).case("T1", "C1", "1.0")

    assert kept is not None
    assert (kept.card_ts, kept.status) == ("1.1", "open")
    assert kept.case == Case(
        entry="google.recipient.unknown",
        version="v1",
        reply="550",
        enhanced="5.1.1",
        state="given-up",
        basis="provider",
        provider="google",
        outlook="permanent",
        actor="author",
        suppress="yes",
        recipients=2,
        count=3,
    )


def test_a_thread_has_one_case_the_latest(url: str) -> None:
    """A second bounce in the same thread becomes what its questions are about."""
    store = Store(url)
    store.keep("T1", "C1", "1.0", CASE, "1.1")
    store.keep("T1", "C1", "1.0", Case(entry="greylisting"), "1.2")

    kept = store.case("T1", "C1", "1.0")

    assert kept is not None
    assert (kept.case.entry, kept.card_ts) == ("greylisting", "1.2")
    assert store.case("T1", "C1", "9.9") is None
    assert store.case("T2", "C1", "1.0") is None


def test_retention_forgets_what_is_old(url: str) -> None:
    """Answers and cases older than the days go, younger ones stay."""
    clock = Clock()
    store = Store(url, clock=clock)
    store.claim(*PASTE)
    store.keep("T1", "C1", "1.0", CASE, "1.1")
    clock.now += 20 * 86_400
    store.keep("T1", "C1", "2.0", CASE, "2.1")
    clock.now += 11 * 86_400

    assert store.purge(30) == 2
    assert store.case("T1", "C1", "1.0") is None
    assert store.case("T1", "C1", "2.0") is not None
    assert store.purge(30) == 0


def test_columns_are_on_the_list(url: str) -> None:
    """No table and no column is stored that is not listed here: none may hold a bounce's text or an address."""
    Store(url)
    found = sqlalchemy.inspect(sqlalchemy.create_engine(url))

    assert {table: {c["name"] for c in found.get_columns(table)} for table in found.get_table_names()} == {
        table: set(columns.split()) for table, columns in COLUMNS.items()
    }


def test_nothing_people_wrote_is_in_the_file(file: str, tmp_path: pathlib.Path) -> None:
    """Not one byte of quote, values, asker or reason is in the database's files."""
    store = Store(file)
    store.claim(*PASTE)
    store.keep("T1", "C1", "1.0", CASE, "1.1")
    at_rest = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert b"google.recipient.unknown" in at_rest
    assert not [word for word in (b"hush", b"HUSH", b"192.0.2.99", b"@example.com") if word in at_rest]


def test_a_file_is_in_wal_mode(file: str, tmp_path: pathlib.Path) -> None:
    """Readers do not wait for the writer."""
    Store(file)
    with sqlite3.connect(tmp_path / "bot.sqlite3") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_was_written_is_settled_while_others_work(url: str) -> None:
    """Beside another's transaction, and where there is nothing to settle: the claims stay what they were."""
    store, other = Store(url), Store(url)
    store.settle()
    with store.together():
        store.claim(*PASTE)
        other.settle()
    store.settle()

    assert store.claimed("T1", "C1", [PASTE[2]]) == {PASTE[2]}


def test_settled_claims_are_in_the_file_itself(file: str, tmp_path: pathlib.Path) -> None:
    """Not in its log alone: a copy of the file has them, and no later commit has to move them."""
    store = Store(file)
    assert store.claim(*PASTE)
    store.settle()

    [kept] = (path for path in tmp_path.iterdir() if path.suffix == ".sqlite3")
    assert PASTE[2].encode() in kept.read_bytes()


@pytest.mark.parametrize(
    ("address", "mend"),
    [
        ("no address", "write it like sqlite:///"),
        ("mysql://user@host/name", "does not know"),
        ("sqlite+nosuch:///x", "unknown driver"),
        ("sqlite:////no/such/folder/bot.sqlite3", "make its folder"),
        ("postgresql+psycopg2://user:secretive@127.0.0.1:1/name", "smtp-bot[postgres]"),
    ],
)
def test_a_wrong_address_says_what_to_mend(address: str, mend: str) -> None:
    """The message is a sentence with the next step, and holds no password."""
    with pytest.raises(StoreError) as caught:
        Store(address)

    assert mend in str(caught.value)
    assert "secretive" not in str(caught.value)


def test_a_file_that_may_not_be_written_is_refused_at_the_start(file: str, tmp_path: pathlib.Path) -> None:
    """A read-only database stops the start, not the first bounce."""
    Store(file).close()

    with pytest.raises(StoreError, match="right to write"):
        Store(f"sqlite:///file:{tmp_path}/bot.sqlite3?mode=ro&uri=true")


def test_a_file_of_something_else_is_refused(tmp_path: pathlib.Path) -> None:
    """A text file under the database's name is left alone."""
    (tmp_path / "notes").write_text("not a database " * 100)

    with pytest.raises(StoreError, match="no SQLite file"):
        Store(f"sqlite:///{tmp_path}/notes")


def test_a_locked_database_says_so(file: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program's endless write ends in a sentence, not in a lost claim that looks like an answered one."""
    monkeypatch.setattr("bot.store.opening.BUSY", 0.1)
    store = Store(file)
    other = sqlite3.connect(tmp_path / "bot.sqlite3")
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="locked by another program"):
        store.claim(*PASTE)

    other.rollback()
    other.close()
    assert store.claim(*PASTE) is not None


OLDER = """
CREATE TABLE cases (id INTEGER PRIMARY KEY, team VARCHAR(40) NOT NULL, channel VARCHAR(40) NOT NULL, thread VARCHAR(40)
 NOT NULL, entry VARCHAR(200) NOT NULL, version VARCHAR(80) NOT NULL, reply VARCHAR(10) NOT NULL, enhanced VARCHAR(20) NOT
 NULL, state VARCHAR(20) NOT NULL, basis VARCHAR(20) NOT NULL, provider VARCHAR(80) NOT NULL, outlook VARCHAR(40), actor
 VARCHAR(40), then_actor VARCHAR(40), retry VARCHAR(40) NOT NULL, suppress VARCHAR(40) NOT NULL, recipients INTEGER NOT
 NULL, count INTEGER NOT NULL, status VARCHAR(20) NOT NULL, card_ts VARCHAR(40) NOT NULL, opened_at FLOAT NOT NULL,
 changed_at FLOAT NOT NULL, CONSTRAINT cases_once UNIQUE (team, channel, thread));
INSERT INTO cases VALUES (1, 'T1', 'C1', '1.0', 'reply.550', 'v1', '550', '', 'given-up', 'reply', '', NULL, NULL, NULL,
 'no', 'no', 1, 1, 'open', '1.1', 1, 1);
"""


def test_an_older_file_opens_and_keeps_its_cases(tmp_path: pathlib.Path) -> None:
    """Columns that came later are added, with what they mean for a case of that time; also when it is opened twice."""
    file = tmp_path / "older.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.executescript(OLDER)
    connection.close()
    for _ in range(2):
        store = Store(f"sqlite:///{file}")
        kept = store.case("T1", "C1", "1.0")
        store.close()

        assert kept is not None
        assert kept.progress == Progress()
        assert kept.case.entry == "reply.550"


def test_a_case_is_moved_once_by_who_saw_it_last(url: str) -> None:
    """Two people press at once: the first moves it, the second is told so."""
    store = Store(url)
    store.keep("T1", "C1", "1.0", CASE, "1.1")
    ann = Progress("taken", owner="UANN", by="UANN", at=5.0, before="open:")

    assert store.move("T1", "C1", "1.0", Progress(), ann)
    assert not store.move("T1", "C1", "1.0", Progress(), Progress("taken", owner="UBEN", by="UBEN", at=5.0))
    kept = store.case("T1", "C1", "1.0")
    assert kept is not None
    assert kept.progress == ann
    assert kept.used


def test_unsolved_cases_are_listed_by_channel(url: str) -> None:
    """The oldest first, none that is solved, none of another channel."""
    clock = Clock()
    store = Store(url, clock=clock)
    for channel, thread in (("C1", "1.0"), ("C1", "2.0"), ("C1", "3.0"), ("C2", "4.0")):
        store.keep("T1", channel, thread, CASE, "9.9")
        clock.now += 1
    store.move("T1", "C1", "2.0", Progress(), Progress("solved", by="UANN", at=1.0))

    assert [case.thread for case in store.unsolved("T1", "C1")] == ["1.0", "3.0"]


def half(store: Store) -> None:
    """Keeps a case, and then fails."""
    store.keep("T1", "C1", "1.0", CASE, "1.1")
    raise StoreError


def test_what_belongs_together_is_one_transaction(tmp_path: pathlib.Path) -> None:
    """All of it is there, or nothing: here the second half fails."""
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    store, other = Store(url), Store(url)
    claim = store.claim("T1", "C1", "1.0", "1.0", "bounce")
    assert claim is not None
    with pytest.raises(StoreError), store.together():
        half(store)
    assert other.case("T1", "C1", "1.0") is None
    with store.together():
        store.keep("T1", "C1", "1.0", CASE, "1.1")
        store.posted(claim, "1.1")
        assert other.case("T1", "C1", "1.0") is None
    kept = other.case("T1", "C1", "1.0")

    assert kept is not None
    assert kept.card_ts == other.answered("T1", "C1", "1.0") == "1.1"


def test_what_somebody_asked_is_listed_without_reading_everything(tmp_path: pathlib.Path) -> None:
    """Each answer finds its case by an index; where it met all cases, a busy person's Home took seconds to open."""
    store, thousands = Store(f"sqlite:///{tmp_path}/bot.sqlite3"), list[None]()
    sqlalchemy.event.listen(
        store._engine,
        "checkout",
        lambda connection, *_: connection.set_progress_handler(lambda: thousands.append(None), 1_000),
    )
    with store.together():
        for n in range(500):
            claim = store.claim("T1", "C1", f"{n}.1", f"{n}.1", "bounce", asker="UANN")
            assert claim
            store.posted(claim, f"{n}.2")
            store.keep("T1", "C1", f"{n}.1", CASE, f"{n}.2")
    thousands.clear()

    assert len(store.asked("T1", "UANN")) == 20
    assert len(thousands) < 10
