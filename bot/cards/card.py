"""The card of a case: what happened, who acts first, does it clear, keep the address, the evidence, the first steps."""

from __future__ import annotations

from bot.advice import filled, listing, retrying, who
from bot.cards import actions
from bot.cards.blocks import (
    Block,
    bullets,
    button,
    clean,
    context,
    cut,
    escaped,
    header,
    overflow,
    quote,
    section,
)
from bot.cards.blocks import actions as row
from bot.terms import Answer, Case, Message
from catalogue import Catalogue, Entry
from catalogue.questions import label

TEXT = 300
STEPS = 3
SHOWN = 5
BASIS = {
    "provider": "by the provider's own words",
    "words": "by its words",
    "enhanced": "by the enhanced code alone",
    "reply": "by the reply code alone",
    "class": "by the class of the code alone",
}
STATES = {
    "queued": "Still being retried.",
    "given-up": "Given up: nothing is retried any more.",
    "delivered": "Delivered.",
    "unknown": "",
}
MENU = ("contact", "suppress", "code", "draft", "why")
NEED = "All lines of the reply, as the receiving server wrote it."


def card(answer: Answer, catalogue: Catalogue, case: Case, *, asker: str = "") -> Message:
    """The card that answers a text in a thread: its first cause whole, the others in a line each."""
    return made(case, catalogue, several(answer, catalogue), asker=asker, own=buttons(case))


def case_card(case: Case, catalogue: Catalogue, *, asker: str = "") -> Message:
    """The same card from its case alone, as it is posted to a channel; ``asker`` is who asked (a user id)."""
    return made(case, catalogue, others(case, catalogue), asker=asker, own=buttons(case))


def private(answer: Answer, catalogue: Catalogue, case: Case) -> Message:
    """The answer to ``/smtp``, with the button that posts it to the channel."""
    post = button("Post to channel", actions.POST, actions.pack(case), primary=True)
    message = made(case, catalogue, several(answer, catalogue) + offered(answer), own=[post, *buttons(case)])
    return Message(message.text, message.blocks)


def made(case: Case, catalogue: Catalogue, more: list[Block], *, own: list[Block], asker: str = "") -> Message:
    """A card's message: blocks, the text for notifications and screen readers, and the case in its metadata."""
    entry = catalogue.entries[case.entry]
    _, retry = retrying(entry, case.state, case.values)
    blocks = [header(entry.title), section(verdict(case, entry, catalogue, retry))]
    if case.quote:
        blocks.append(quote(case.quote))
    if steps := tuple(filled(step, case.values) for step in entry.steps[:STEPS]):
        blocks.append(section("*First*\n" + bullets(steps, ordered=True)))
    if known := listing(case.values, catalogue):
        blocks.append(section("*Blocklist*\n" + bullets(known, ordered=False)))
    if case.values.checks:
        blocks.append(section("*What the reply says of the checks*\n" + bullets(case.values.checks, ordered=False)))
    for note in catalogue.notes(entry.id):
        blocks.append(section(f"*Your team's note*  {escaped(note)}"))
    blocks += [*more, context(evidence(case, entry, catalogue, asker)), row(*own)]
    return Message(spoken(case, entry, catalogue), tuple(blocks), actions.metadata(case))


def verdict(case: Case, entry: Entry, catalogue: Catalogue, retry: str) -> str:
    """Who acts first, whether it clears, retry, the address, how many: in that order."""
    lines = [
        f"*{escaped(who(case.actor, case.then_actor, catalogue))}*  {escaped(STATES[case.state])}".rstrip(),
        escaped(filled(entry.meaning, case.values)),
    ]
    lines.append(
        f"*Will it clear?*  {escaped(capital(catalogue.label('outlook', case.outlook)))}.  *Retry*  {escaped(retry)}"
    )
    address = f"*Address*  {escaped(capital(catalogue.label('suppress', case.suppress)))}."
    lines.append(f"{address} {escaped(case.suppress_why)}".rstrip())
    if case.recipients > 1:
        lines.append(f"*Recipients*  {case.recipients}")
    if case.basis in ("enhanced", "reply", "class"):
        lines.append(f"*Not sure:* only the code speaks. What would tell: {escaped(entry.ask or NEED)}")
    return "\n".join(lines)


def evidence(case: Case, entry: Entry, catalogue: Catalogue, asker: str) -> str:
    """The small line: codes, why this entry, its source and date, who asked."""
    source = entry.sources[0]
    codes = " ".join(code for code in (case.reply, case.enhanced) if code)
    name = escaped(source.title or "source").replace("|", "/")
    link = f"<{escaped(source.url).replace('|', '%7C')}|{name}>" if source.url.startswith("https://") else name
    date = "not checked" if source.unchecked else f"seen {source.seen}" if source.seen else ""
    parts = [escaped(codes), BASIS[case.basis], link, date, f"asked by <@{asker}>" if asker.isalnum() and asker else ""]
    return "  ·  ".join(part for part in parts if part)


def buttons(case: Case) -> list[Block]:
    """Two main buttons and a menu."""
    value = actions.pack(case)
    menu = [(label(intent), actions.pack_option(intent, case)) for intent in MENU]
    return [
        button(label("steps"), "ask.steps", value),
        button(label("retry"), "ask.retry", value),
        overflow(actions.MENU, menu),
    ]


def several(answer: Answer, catalogue: Catalogue) -> list[Block]:
    """The other causes of a text, with counts."""
    if len(answer.causes) < 2:
        return []
    total = sum(cause.count for cause in answer.causes)
    lines = [f"*{len(answer.causes)} causes in {total} findings.* The first is explained above; also:"]
    for cause in answer.causes[1 : 1 + SHOWN]:
        codes = " ".join(c for c in (cause.diagnosis.finding.reply, cause.diagnosis.finding.enhanced) if c)
        lines.append(f"• {escaped(cause.diagnosis.entry.title)} ({escaped(codes)}): {cause.count}")
    if len(answer.causes) > 1 + SHOWN:
        lines.append(f"… and {len(answer.causes) - 1 - SHOWN} more.")
    return [section("\n".join(lines))]


def others(case: Case, catalogue: Catalogue) -> list[Block]:
    """The other causes of a case, by their titles."""
    known = [catalogue.entries[entry] for entry in case.others if entry in catalogue.entries]
    if not known:
        return []
    return [
        section("*Also in the same text:*\n" + bullets(tuple(entry.title for entry in known[:SHOWN]), ordered=False))
    ]


def offered(answer: Answer) -> list[Block]:
    """The entries nearest to a code that nobody knows."""
    if not answer.nearest:
        return []
    lines = [
        f"• `/smtp {' '.join((*e.reply[:1], *e.enhanced[:1])) or escaped(e.title)}`  {escaped(e.title)}"
        for e in answer.nearest
    ]
    return [section("*Nearest entries*\n" + "\n".join(lines))]


def spoken(case: Case, entry: Entry, catalogue: Catalogue) -> str:
    """The card in one breath: cause, actor, does it clear, keep the address; at most 300 characters, no markup."""
    parts = [
        entry.title + ".",
        who(case.actor, case.then_actor, catalogue),
        capital(catalogue.label("outlook", case.outlook)) + ".",
        capital(catalogue.label("suppress", case.suppress)) + ".",
    ]
    return cut(escaped(clean(" ".join(parts))), TEXT)


def capital(text: str) -> str:
    """A text with its first letter a capital."""
    return text[:1].upper() + text[1:]
