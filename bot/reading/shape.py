"""Tells what a server wrote from people talking about it: strict, for channels where nobody asked the bot."""

from __future__ import annotations

import re

import ahocorasick_rs

# What a server-shaped text without a code at a reply's place must hold one of, in lower case.
MARKS = (
    "final-recipient", "diagnostic-code", "feedback-type", "said: ", "smtp error from", "did not like our", "refused to talk to me",
    "remote server returned", "server returned was", "stat=", "status=expired", "status=bounced", "status=deferred", "dsn=4", "dsn=5", "status: 4.", "status: 5.", "#4.", "#5.", " ** ", " == ",
    " reject: ", "milter-reject: ", "reject_warning: ", "enhanced_code", "rejected rcpt", "rejected mail", "rejected after data", ",fail,", ",defer,", ": failure: ", ": deferral: ", "error_code :",
    "responsecode ", "server response was: ", "connect to ", "name service error for name=", "loops back to myself", "lost connection with ",
    "conversation with ", "remote host said: ",
)  # fmt: skip
MARKED = ahocorasick_rs.AhoCorasick(MARKS, implementation=ahocorasick_rs.Implementation.DFA).find_matches_as_indexes
# How a line begins before its reply: quoting, lists, code marks, quotation marks.
START = r"^[ \t>|*_`'\"#(<\[“‘«„•·]{0,80}(?:\d\d?[.)][ \t]{1,9})?"
JSON = re.compile(r"\s{0,80}[\[{]")
CODE = re.compile(r"[45]\d\d|[45]\.\d{1,3}\.\d")
# A mail or a webhook's JSON: how they begin.
HEAD = re.compile(
    r"\s{0,200}(?:[\[{]|(?:From |[A-Za-z][A-Za-z-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n|[A-Za-z][\w-]{1,40}:[^\n]*\n)))"
)
# A code as a server goes on after it, and where a code alone must stand for that.
AFTER = re.compile(
    r"[45]\d\d(?:[-:;, \t][ \t]{0,9}[-:;, ]?[ \t]{0,9}(?:b[\"'])?[#(]?[45]\.\d|,[ ]b?[\"']|-[\"'A-Z]|(?P<lone>\)?[: -]{1,9}\S))"
    r"|[45]\.\d{1,3}\.\d{1,3}[ :-]",
    re.IGNORECASE,
)
OPENS = frozenset("\n\"'(<[>;:|`“‘«„•·.)=*#_")
PAIR = re.compile(
    rf"(?:(?P<start>{START})|(?P<delimited>[:;(\"'\[<>=|`“‘«„][ \t]{{0,9}}#?|(?<=\S),(?=\S)|[?!.…][ \t]{{1,4}}|\bsmtp;[ \t]{{0,9}}|\b(?:said|smtp|error|reply)[: ]{{1,9}}|\breturned[: ]{{1,9}}\W?))"
    r"(?P<reply>[45]\d\d)(?:[ \t]{0,9}[-:;][ \t]{0,9}|[ \t]{1,9})[#(]?(?P<enhanced>[45]\.\d{1,3}\.\d{1,3})(?!\d|\.\d)(?P<rest>[^\n]{0,160})",
    re.MULTILINE | re.IGNORECASE,
)
LONE = re.compile(
    rf"(?:(?P<start>{START}(?:\S{{0,40}}smtp;[ \t]{{0,9}})?)|(?P<delimited>(?<!\.[a-z]):[ \t]{{0,9}}|[;(\"'\[<>=“‘«„][ \t]{{0,9}}|\bsmtp;[ \t]{{0,9}}))(?P<reply>[45]\d\d)(?P<dash>\)?[-: ])[ \t]{{0,9}}(?P<rest>[^\n]{{1,160}})",
    re.MULTILINE | re.IGNORECASE,
)
CODE_ONLY = re.compile(
    r"^[ \t>|`'\"]{0,80}(?:smtp;[ \t]{0,9})?#?(?P<enhanced>[45]\.\d{1,3}\.\d{1,3})[ \t:-]{1,9}(?P<rest>[^\n]{3,160})",
    re.MULTILINE,
)
FIXED = re.compile(
    r"^[ \t>|]{0,80}(?:Diagnostic-Code|Final-Recipient|Feedback-Type):|\bhost \S+\[[^\]]*\](?::\d+)? (?:said|refused)|\bdsn=[245]\.\d+\.\d+,"
    r"|SMTP error from remote mail|did not like our|Remote Server returned '|#[45]\d\d [45]\.\d|#[45]\.\d\.\d+\b|\bstat=|\bstatus=(?:expired, returned|bounced \(|deferred \()|\breject=[45]\d\d |\b(?:NOQUEUE|[0-9A-Za-z]{6,20}): (?:milter-)?reject(?:_warning)?: "
    r"|\b[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} (?:\*\*|==) \S|\bH=\S[^\n]{0,200} rejected (?:RCPT|MAIL|after DATA)\b"
    r"|^\d{4}-\d\d-\d\dT[^,\n]{8,20},(?:[^,\n]{0,200},){6}[A-Z]{2,20},(?:FAIL|DEFER),"
    r"|\bdelivery \d+: (?:failure|deferral): \S|\([45]\d\d, b?[\"'][^\n]"
    r"|^[ \t>|]{0,80}Status: [45]\.\d|\(Status: [45]\.\d{1,3}\.\d{1,3}\)|<<< [45]\d\d|ERROR_CODE :[45]|ResponseCode [45]\d\d|server (?:returned|response) was: [45]"
    # Postfix's own words, about a host that never answered
    r"|\b(?:connect to|lost connection with|conversation with) [\w.-]{1,255}\[[0-9A-Fa-f.:]{2,45}\]|\bName service error for name=\S"
    r"|\bmail for \S{1,255} loops back to myself|^[ \t>|]{0,80}Remote host said: [45]\d\d"
    r"|\A\s{0,80}[\[{][\s\S]{0,4000}?\"(?:diagnosticCode|diag|smtp[-_]re(?:ply|sponse)|notificationType|eventType|event|RecordType|delivery-status|gen_event|raw_reason|enhanced_code|destination_response|smtp_events)\"\s*:",
    re.MULTILINE | re.IGNORECASE,
)
# How people go on after a code that they talk about; a server's reply does not.
TALK = re.compile(
    r"^[ \t]*(?:is|are|was|were|be|been|again|errors?(?!:)|bounces?|bounced|means?|meant|from(?!=)|since|on|at|in|for|or|and|vs|still|came|comes"
    r"|responses?|rejections?|rejects|to(?!=)|issues?|codes?|just|seems?|keeps?|should|when|if|but|now|today|yesterday|has|have|had|went"
    r"|dropped|spikes?|thing|stuff|replies|deferrals?|every|looks?|out|up|down|with|by|because|as|we|i(?!/o\b| (?:cannot|could not|am unable|am sorry|do not) )|they|it|that|this|these|those"
    r"|the(?! (?:message|recipient|user|mailbox|account|address)\b[^\n]{0,60}\b(?:exceed(?:s|ed)|rejected|unknown|is full|over quota|disabled|denied|listed|not exist)\b)"
    r"|can(?!'t|not| not)|could(?!n't| not)|would(?!n't| not)|will(?! not)|about|like|per|gone|fixed|fix|back|instead|then|than|so|only|too(?! (?:many|much|large|big|long|fast|busy|old|weak))|also|here|there|anyone|people|times?|of|an?|s|ing)\b"
    r"(?!\s{0,9}[:<=\[])|^[ \t]*[?!.,)%/x]*[ \t]*$|^[ \t]*[,%/?!]|^[ \t]*\d+[ \t](?!(?:Sorry|Requested)\b)"
    # a question, a remark or a rule after the code: "550 5.1.1: is that …", "421 - still happening", "450 -> retry"
    r"|^[ \t]*[:,][ \t]*(?:is|are|was|does|do|did|any|anyone|why|what|who|how|can|should|shall|we|they|I|that)\b(?!['’]t)"
    r"|^[ \t]*[-–—][ \t]*(?:still|again|happening|same|now|any|anyone|what|why|is|that|that's|we|they|it)\b|^[ \t]*(?:->|→|=>|⇒)[ \t]*\w"
    r"|^[ \t]*\((?:that|this|which|their|our|see|I|we|it|aka|i\.e\.|e\.g\.)(?:['’]\w+)?[ \t]|^[ \t]*(?:I(?!/O\b| (?:cannot|could not|am unable|am sorry|do not) )|I['’]\w+|(?:is|are|was|were|does|do|did|has|have)n['’]t)\b"
    # a version that is released; source code; a web server's log
    r"|^[ \t]*(?:upgrade|update|release|hot-?fix|patch|build|version|beta|rc\d?|changelog|milestone)\b|^[ \t]*(?:[{}&|]|=[^\s=])"
    r"|^[^\n]{0,120}\b(?:path|method|uri|url|duration|latency|bytes|referer)=\S"
    # so many of something, and sums of money
    r"|^[ \t]*(?:Leute|Personen|Nutzer|Benutzer|Empfänger|Kunden|Adressen|personnes|utilisateurs|destinataires|usuarios|destinatarios|personas)\b"
    r"(?!.{0,60}(?:unbekannt|nicht|gesperrt|voll|abgelehnt|inconnu|rejet|refus|no exist|desconocid|rechaz))"
    r"|^[ \t]*(?:EUR|USD|GBP|CHF|JPY|kr|[€$£]|bucks|dollars|euros?)\b|^[ \t]*(?:e-?mails|mails|messages|msgs|users|recipients|connections|hosts"
    r"|domains|addresses|customers|accounts|sessions|clients|IPs)\b(?!.{0,80}(?:reject|refus|denied|block|exceed|\bnot\b|too many))"
)
# A list of codes, as in "421 busy, 450 mailbox busy": a cheat sheet, no reply.
LISTED = re.compile(r"[,;/|][ \t]{1,4}(?:and |or )?[2-5]\d\d[ =](?!\d)|^ ?\w{2,20}: [2-5]\d\d\b")
# How people's sentences go on after a reply that they only name.
NAMED = re.compile(
    r"(?:->|→|=>|⇒)\s*(?:suppress|drop|keep|retry|remove|ignore|confirm|wait|hard|soft|permanent|temporary)\b"
    r"|\b(?:rates?|counts?|volumes?|numbers?|shares?) (?:is|are|was|were|went|goes?|up|down|dropped|doubled|climbed|fell)\b"
    r"|^[^\"”'`\n]{0,24}[\"”'`] (?:is|was|are|means?|and|or|in|from|again|for|since|on)\b"
)
AGAIN = re.compile(r"^[ \t]{0,9}[#(]?[245]\.\d{1,3}\.\d{1,3}\b")
SERVER = re.compile(
    r"\b(?:mailbox|recipients?|users?|unknown|relay\w*|spam\w*|block(?:ed|list\w*|ing)|black ?list\w*|reject\w*|denied|sender|quota|grey ?list\w*"
    r"|gray ?list\w*|undeliverable|e?mail(?:er)?|messages?|address(?:es)?|domain|host|client|service (?:temporarily |currently )?(?:not |un)available|try (?:again|later)"
    r"|smtp|esmtp|helo|ehlo|rcpt|dns(?:bl)?|rbl|ptr|spf|dkim|dmarc|reputation|policy|rate|connections?|temporar\w*|authenticat\w*|account"
    r"|command|syntax|sequence|transaction|tls|starttls|local error|resources|system storage|requested action|delivery|virus|content|ip|listed|access|invalid|malformed|gmail|closing|transmission|customer|hops?|loop|header|error|unavailable|expired|too many|prohibit\w*|verif\w*|callout|parameters?|refused|cuda_\w+|line length|disk space|storage"
    # other languages' words for user, mailbox, sender, recipient, unknown, full, refused
    r"|empf(?:ä|ae?)nger\w*|absender\w*|unbekannt\w*|gesperrt|abgelehnt|konto|postfach|bo[iî]te|destinataires?|exp[ée]diteur\w*|adresse\w*"
    r"|utilisateur\w*|inconnue?|refus[ée]e?|usuario|buz[óo]n|destinat[áa]rio|remitente|correo|desconocido|rechazado|usu[áa]rio|caixa|utente|casella"
    r"|inesistente|sconosciut[oa]|desconhecid[oa]|desconocida|destinatari[oa]|ontvanger|onbekend|afzender|odbiorc\w*|nadawc\w*|skrzynk\w*|пользовател\w*|получател\w*|отправител\w*|ящик\w*|почт\w*|спам\w*)\b"
    r"|用户|用戶|邮箱|信箱|邮件|郵件|收件人|拒绝|拒絕|ユーザ|メール|宛先|受信|拒否|존재하지|수신자|메일"
    r"|https?://|@",
    re.IGNORECASE,
)


def worth_reading(text: str) -> bool:
    """Whether a text holds anything that a server might have written: one cheap scan is all that ordinary chat costs."""
    return hinted(text) or HEAD.match(text) is not None


def hinted(text: str) -> bool:
    """Whether a server's mark is in a text, or a code with what a server writes round it."""
    return bool(MARKED(text.lower())) or coded(text)


def coded(text: str) -> bool:
    """Whether a text holds a code with what a server writes round it."""
    for code in CODE.finditer(text):
        after = AFTER.match(text, code.start())
        if after and (after["lone"] is None or opened(text, code.start())):
            return True
    return False


def opened(text: str, at: int) -> bool:
    """Whether a place is the beginning of a line or follows what a reply may follow."""
    before = text[max(0, at - 41) : at].rstrip(" \t")
    return not before or before[-1] in OPENS


def server_shaped(text: str) -> bool:
    """Whether a text holds something that a mail server, a log or a report wrote. One scan for ordinary chat."""
    marked = bool(MARKED(text.lower())) or JSON.match(text) is not None
    if not marked and not coded(text):
        return False
    # The fixed forms without a mark: "#550 5.1.1", "<<< 550", "(550, b'5.1.1 …')".
    if (marked or "#" in text or "<" in text or "(" in text) and FIXED.search(text):
        return True
    return any(not talked_about(m["rest"]) for m in PAIR.finditer(text)) or lone(text)


def talked_about(rest: str) -> bool:
    """Whether what follows a code in its line is how people go on, not a server."""
    return TALK.match(rest) is not None or NAMED.search(rest) is not None


def lone(text: str) -> bool:
    """Whether a code alone begins what reads like a reply: a code at a line's start and a mail server's words."""
    for m in LONE.finditer(text):
        rest = AGAIN.sub("", m["rest"])
        if (
            (m["start"] is not None or m["dash"] == "-" or len(rest) > 12)
            and SERVER.search(rest)
            and not talked_about(rest)
            and not LISTED.search(rest)
        ):
            return True
    return any(SERVER.search(m["rest"]) and not talked_about(m["rest"]) for m in CODE_ONLY.finditer(text))
