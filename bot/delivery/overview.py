"""What a person's Home shows: the open cases of their channels, what they asked lately, how their channels stand."""

from __future__ import annotations

from bot.cards import overview
from bot.cards.overview import Overview, Reach, Row
from bot.delivery.channels import Room
from bot.delivery.delivery import Delivery
from bot.delivery.links import permalink
from bot.delivery.membership import Membership
from bot.store import Asked, Unsolved

# Nobody pages further.
MOST = 400


def seen(
    delivery: Delivery, membership: Membership, who: tuple[str, str], base: str, page: tuple[int, int]
) -> Overview:
    """One page for a person (team, user); ``base`` is the workspace's address, ``page`` the first rows to show.

    Raises StoreError, and what the Web API raises. Of a channel that the person is not in there is nothing.
    """
    team, user = who
    common = membership.common(user)
    rooms = {room.id: room for room in common or ()}
    for room in rooms.values():
        delivery.channels.remember(room)
    opens = delivery.store.unsolved(team, *rooms, most=MOST) if rooms else ()
    asked = [one for one in delivery.store.asked(team, user) if one.channel in rooms or one.channel.startswith("D")]

    def row(case: Unsolved | Asked, at: float) -> Row:
        entry = delivery.catalogue.entries.get(case.entry)
        room = rooms.get(case.channel, Room(case.channel))
        title = entry.title if entry else case.entry
        return Row(title, room.name, case.progress, at, permalink(base, case.channel, case.thread))

    open_at, rooms_at = (kept(page[0], len(opens)), kept(page[1], len(rooms)))
    return Overview(
        open=tuple(row(case, case.opened_at) for case in opens[open_at : open_at + overview.OPEN]),
        lately=tuple(row(case, case.at) for case in asked[: overview.LATELY]),
        rooms=tuple(
            Reach(room.id, room.name, delivery.switches.standing(team, room.id))
            for room in list(rooms.values())[rooms_at : rooms_at + overview.ROOMS]
        ),
        opens=len(opens),
        rooms_in_all=len(rooms),
        open_at=open_at,
        rooms_at=rooms_at,
        told=common is not None,
        may=not delivery.people.of(user).guest,
    )


def kept(at: int, total: int) -> int:
    """The first row of a page that exists: what was solved meanwhile makes the list shorter."""
    return at if at < total else 0
