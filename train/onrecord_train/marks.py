"""What a corpus marks beyond statements, as what the heads learn: spans, what they refer to, and links between them.

A corpus marks some things and not others: a label that is absent from `Marks.spans` is unknown, not empty.
"""
import dataclasses

# Spans that the model finds, and the most words of one. `bare`: a proper name without the titles that the Desk corpus
# counts to a name, as corpora of named entities have it.
SPANS = {"name": 20, "nominal": 20, "pronoun": 2, "role": 20, "trigger": 8, "bare": 12}

KINDS = ("person", "state", "organization", "group", "place", "document")
TYPES = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
         "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "ALIGN", "RIVAL")
MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE", "ALIGN", "RIVAL"))       # done together: who acts and on whom is often open
STATUSES = ("occurred", "ongoing", "planned", "called_for", "possible", "denied")
CONTEXTS = ("military", "intelligence", "executive", "legislative", "election", "political_institutions", "economic", "legal",
            "human_rights", "rights_freedoms", "repression", "human_security", "diplomatic", "territory", "peacekeeping",
            "health", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn", "cyber",
            "misinformation", "crime", "corruption", "energy", "education", "transport", "culture", "demining")

PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself "
    "it its itself they them their theirs themselves who whom whose which that this these those".split())
DETERMINERS = frozenset("the a an this that these those his her its their our my your whose".split())


UNKNOWN = object()         # no mention has this key


@dataclasses.dataclass
class Mention:
    """`key`: whom or what it refers to, None if unknown. `kinds`: indices of the kinds it may be of, empty if unknown.
    `metonym`: 0, 1, or -1 if unknown. `stance`: 0 critical, 1 neutral, 2 favourable, -1 unknown."""
    span: tuple
    key: object = None
    kinds: tuple = ()
    metonym: int = -1
    stance: int = -1


@dataclasses.dataclass
class Trigger:
    """Words that tell the event `event`; `actors`, `recipients` and `place` are keys of mentions, `time` is the value of a time
    expression, None if the text gives none, `UNKNOWN` if that is not known. `contexts`: None if unknown."""
    span: tuple
    event: object
    type: int
    status: int
    contexts: tuple | None
    actors: tuple
    recipients: tuple
    place: object
    time: object = UNKNOWN


@dataclasses.dataclass
class Told:
    """What a text tells without its words being marked: the types it may be, and the keys of who does it and to whom, if known."""
    types: tuple
    source: object = None
    target: object = None


@dataclasses.dataclass
class Marks:
    """`spans` {label: [(start, end)]} of the labels that the corpus marks. `chains`: whether equal keys are all that corefers.
    `roles` [(span, key of the holder)]. `countries` {key: key of its country, or None where it has none}.
    `times` [(span, value)]: expressions of time. `predicates` [(span, statuses that it may have)]: words that tell of something, of no type in particular."""
    spans: dict = dataclasses.field(default_factory=dict)
    mentions: list = dataclasses.field(default_factory=list)
    chains: bool = False
    triggers: list = dataclasses.field(default_factory=list)
    roles: list = dataclasses.field(default_factory=list)
    countries: dict = dataclasses.field(default_factory=dict)
    predicates: list = dataclasses.field(default_factory=list)
    told: list = dataclasses.field(default_factory=list)
    times: list = dataclasses.field(default_factory=list)


def looks(words, shapes):
    """0 pronoun, 1 name, 2 other: of a mention's words in lower case and their shapes (see `pieces`)."""
    if len(words) == 1 and words[0] in PRONOUNS:
        return 0
    capital = [shape in (2, 3, 4) for shape in shapes]
    if words[0] in DETERMINERS:
        capital[0] = False
    return 1 if any(capital) else 2


def folded(words):
    """The words without what changes from mention to mention: a determiner before, a possessive after."""
    if len(words) > 1 and words[0] in DETERMINERS:
        words = words[1:]
    if len(words) > 2 and words[-1] == "s" and words[-2] in ("'", "’"):
        words = words[:-2]
    return tuple(words)
