"""Heads on spans of words: which spans there are, what they are, and which belong together.

A span's vector is made of its first and its last word's; a pair's score of both spans' vectors, how far they are apart and how
their words compare.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

from .marks import CONTEXTS, KINDS, MUTUAL, SPANS, STATUSES, TYPES

SPAN_DIM = 64
SPAN_WIDTH = 256        # of a span's vector
PAIR_DIM = 64           # of what is multiplied, and of what is added, in a pair's score
LABELS = {"metonym": 2, "kind": len(KINDS), "stance": 3}
TRIGGER_LABELS = {"event_type": len(TYPES), "status": len(STATUSES), "context": len(CONTEXTS)}
LINKS = ("antecedent", "country", "holder", "event", "actor", "recipient", "place", "time")
N_DISTANCES = 21        # see `distance`
N_LOOKS, N_MATCHES = 3, 4
N_CELLS = N_LOOKS * N_LOOKS * N_MATCHES * 4     # see `cells`
TOLD_BY = 6             # triggers that may tell an event whose words are not marked


class SpanHead(nn.Module):
    """A score of each span of up to `longest` words (biaffine, Yu et al. 2020): a dot product of what its first and its last
    word are mapped to, a score of each word inside, and a bias by its length. It is one where the score is above zero."""

    def __init__(self, width, longest):
        super().__init__()
        self.first = nn.Linear(width, SPAN_DIM)
        self.last = nn.Linear(width, SPAN_DIM)
        self.inside = nn.Linear(width, 1)
        nn.init.zeros_(self.inside.weight)
        nn.init.zeros_(self.inside.bias)
        self.length = nn.Parameter(torch.full((longest,), -4.0))

    def forward(self, x):
        """[batch, word, length]: the span of `length + 1` words from `word` on. Beyond the last word: nonsense."""
        q, k = self.first(x).float(), self.last(x).float()
        longest, n = len(self.length), x.shape[1]
        scores = q @ k.transpose(1, 2) / math.sqrt(SPAN_DIM)
        at = (torch.arange(n)[:, None] + torch.arange(longest)).clamp(max=n - 1)
        sums = F.pad(self.inside(x).float()[..., 0].cumsum(1), (1, 0))
        inside = sums[:, 1:][:, at] - sums[:, :-1, None]
        return scores.gather(2, at.expand(x.shape[0], -1, -1)) + inside + self.length

    def loss(self, x, gold, mask):
        """Binary cross-entropy of all spans of each window, [batch]. gold [batch, word, length], mask [batch, word]."""
        scores = self(x)
        longest, n = len(self.length), x.shape[1]
        at = torch.arange(n)[:, None] + torch.arange(longest)
        inside = mask[:, at.clamp(max=n - 1)] * (at < n)
        loss = F.binary_cross_entropy_with_logits(scores, gold, reduction="none")
        return (loss * inside * mask[:, :, None]).sum((1, 2))


class SpanVector(nn.Module):
    """First and last words' vectors side by side [n, 2 * width] to a span's vector [n, SPAN_WIDTH]."""

    def __init__(self, width):
        super().__init__()
        self.map = nn.Linear(2 * width, SPAN_WIDTH)
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        return self.drop(F.gelu(self.map(x)))


def distance(a, b):
    """Bucket of the distance from word `a` [n] on to word `b` [m] of the document: 0 here, 1 to 10 ahead and 11 to 20 behind
    by magnitude in powers of two."""
    d = b[None, :] - a[:, None]
    size = (d.abs().float().clamp(min=1).log2().floor().long() + 1).clamp(max=10) * (d != 0)
    return torch.where(d > 0, size, torch.where(d < 0, size + 10, 0))


class PairHead(nn.Module):
    """Scores between spans: dot products, a small network on both spans with where and how they stand to each other, and the
    score of nothing."""

    def __init__(self):
        super().__init__()
        self.query = nn.Linear(SPAN_WIDTH, PAIR_DIM)
        self.key = nn.Linear(SPAN_WIDTH, PAIR_DIM)
        self.one = nn.Linear(SPAN_WIDTH, PAIR_DIM)
        self.other = nn.Linear(SPAN_WIDTH, PAIR_DIM)
        self.distance = nn.Parameter(torch.zeros(N_DISTANCES, PAIR_DIM))
        self.cell = nn.Parameter(torch.zeros(N_CELLS, PAIR_DIM))
        self.sum = nn.Linear(PAIR_DIM, 1)
        self.nothing = nn.Linear(SPAN_WIDTH, 1)

    def forward(self, a, b, buckets, cells):
        """[n, 1 + m]: from each of `a` [n, SPAN_WIDTH] to nothing, then to each of `b` [m, SPAN_WIDTH]."""
        dots = self.query(a) @ self.key(b).T / math.sqrt(PAIR_DIM)
        hidden = self.one(a)[:, None] + self.other(b)[None] + self.distance[buckets] + self.cell[cells]
        return torch.cat([self.nothing(a), dots + self.sum(F.relu(hidden))[..., 0]], 1)


def cells(a, b):
    """[n, m] numbers of how spans `a` and `b` stand to each other: how each looks, how their words compare (3 the same, 2 the same
    last word, 1 the last word of one is in the other, 0 else), whether they overlap, whether they stand in one paragraph.
    A side is {"looks", "text", "last", "words", "word", "end", "paragraph"}, each a value a span; `words` [n, vocabulary] says
    which words it has."""
    looks = a["looks"][:, None] * N_LOOKS + b["looks"][None]
    has = (a["words"][:, b["last"]] > 0) | (b["words"][:, a["last"]] > 0).T
    same = torch.where(a["last"][:, None] == b["last"][None], 2, has.long())
    same = torch.where(a["text"][:, None] == b["text"][None], 3, same)
    overlap = (a["word"][:, None] <= b["end"][None]) & (b["word"][None] <= a["end"][:, None])
    paragraph = a["paragraph"][:, None] == b["paragraph"][None]
    return ((looks * N_MATCHES + same) * 2 + overlap.long()) * 2 + paragraph.long()


class Heads(nn.Module):
    """All heads on spans."""

    def __init__(self, width):
        super().__init__()
        self.span = nn.ModuleDict({name: SpanHead(width, longest) for name, longest in SPANS.items()})
        self.vector = nn.ModuleDict({name: SpanVector(width) for name in ("mention", "trigger")})
        self.label = nn.ModuleDict({name: nn.Linear(SPAN_WIDTH, n) for name, n in (LABELS | TRIGGER_LABELS).items()})
        self.pair = nn.ModuleDict({name: PairHead() for name in LINKS})
        for name in ("actor", "recipient"):     # most actors have no part in most events
            nn.init.constant_(self.pair[name].nothing.bias, 4.0)

    def vectors(self, flat, side, kind="mention"):
        return self.vector[kind](torch.cat([flat[side["first"]], flat[side["last_word"]]], -1))

    def links(self, name, a, b, side_a, side_b):
        return self.pair[name](a, b, distance(side_a["word"], side_b["word"]), cells(side_a, side_b))

    def earlier(self, name, a, side):
        """[n, 1 + n]: log-odds of nothing, then of each span before; later ones at -1e4."""
        n = len(a)
        return self.links(name, a, a, side, side).masked_fill(F.pad(torch.ones(n, n, dtype=torch.bool).triu(), (1, 0)), -1e4)

    def losses(self, x, batch):
        """{name: (sum of losses, how many)} of a batch. x [batch, word, width]; word 0 is `[CLS]`."""
        out = {}
        mask = batch["word_mask"].float().clone()
        mask[:, 0] = 0
        for name, head in self.span.items():
            rows = batch["knows"][name]
            if len(rows):
                loss = head.loss(x[rows], batch["span"][name], mask[rows])
                out[f"span.{name}"] = (loss.sum(), mask[rows].sum())
        flat = x.flatten(0, 1)
        found = {}
        for unit in batch["units"]:
            for name, loss, n in self.unit_losses(x, flat, mask, unit):
                total, count = found.get(name, (0.0, 0))
                found[name] = (total + loss, count + n)
        return out | found

    def unit_losses(self, x, flat, mask, unit):
        """Losses of a document's part: (name, sum, how many)."""
        side, chain = unit["mentions"], unit["chain"]
        if len(unit["predicates"]["first"]):
            yield "status", *marginal_of(self.label["status"](self.vectors(flat, unit["predicates"], "trigger")), unit["may_be"])
        mentions = self.vectors(flat, side) if len(chain) else None
        if unit["told"]:
            yield from self.told_losses(x, mask, flat, unit, mentions)
        if mentions is None:
            return
        for name in ("metonym", "stance"):
            target = unit[name]
            if (target >= 0).any():
                yield name, F.cross_entropy(self.label[name](mentions), target, ignore_index=-1, reduction="sum"), int((target >= 0).sum())
        known = unit["kinds"].any(1)
        if known.any():
            yield "kind", *marginal_of(self.label["kind"](mentions[known]), unit["kinds"][known])
        if unit["chains"] and len(chain) > 1:
            scores = self.earlier("antecedent", mentions, side)
            same = ((chain[:, None] == chain[None]) & (chain >= 0)[:, None]).tril(-1)
            right = torch.cat([~same.any(1, keepdim=True), same], 1)
            loss = scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)
            wanted = chain >= 0
            yield "antecedent", loss[wanted].sum(), int(wanted.sum())
        if (unit["country"] > -2).any():
            yield "country", *marginal(self.links("country", mentions, mentions, side, side), unit["country"], chain)
        roles = unit["roles"]
        if (unit["role_chain"] > -2).any():
            held = self.links("holder", self.vectors(flat, roles), mentions, roles, side)
            yield "holder", *marginal(held, unit["role_chain"], chain)
        if len(unit["event"]):
            yield from self.event_losses(flat, unit, mentions)

    def event_losses(self, flat, unit, mentions):
        side, chain, here = unit["mentions"], unit["chain"], unit["triggers"]
        triggers = self.vectors(flat, here, "trigger")
        n = len(triggers)
        yield "type", F.cross_entropy(self.label["event_type"](triggers), unit["type"], reduction="sum"), n
        yield "status", F.cross_entropy(self.label["status"](triggers), unit["status"], reduction="sum"), n
        has = unit["has_context"]
        if has.any():
            of = self.label["context"](triggers[has])
            yield "context", F.binary_cross_entropy_with_logits(of, unit["context"][has], reduction="sum"), int(has.sum())
        for name in ("actor", "recipient"):
            scores = self.links(name, triggers, mentions, here, side)
            # To an actor as a whole: the sum of its mentions' odds.
            odds = chain_scores(scores[:, 1:], chain)
            loss = F.binary_cross_entropy_with_logits(odds - scores[:, :1], unit[name], reduction="sum")
            yield name, loss, n
        if (unit["place"] > -2).any():
            yield "place", *marginal(self.links("place", triggers, mentions, here, side), unit["place"], chain)
        times = unit["times"]
        if len(unit["time_value"]) and (unit["time"] > -2).any():
            links = self.links("time", triggers, self.vectors(flat, times), here, times)
            yield "time", *marginal(links, unit["time"], unit["time_value"])
        if n > 1:
            scores = self.earlier("event", triggers, here)
            same = (unit["event"][:, None] == unit["event"][None]).tril(-1)
            right = torch.cat([~same.any(1, keepdim=True), same], 1)
            yield "event", (scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)).sum(), n

    def told_losses(self, x, mask, flat, unit, mentions):
        for told in unit["told"]:
            log_p, some = self.told(x, mask, flat, unit, mentions, told)
            yield "told", -log_p[told["types"]].logsumexp(0) - some, 1

    def told(self, x, mask, flat, unit, mentions, told):
        """What a text tells without its words being marked: log-probability [type] of each type being what the source does
        to the target, the `TOLD_BY` likeliest triggers sharing it; and that there is a trigger at all."""
        rows = unit["rows"]
        longest = 2
        own = torch.zeros(len(flat), dtype=torch.bool)
        own[unit["own"]] = True
        scores = self.span["trigger"](x[rows])[..., :longest].masked_fill(~own.view(mask.shape)[rows][..., None], -1e4)
        scores[:, -1, 1:] = -1e4
        best = scores.flatten().topk(min(TOLD_BY, scores.numel()))
        row, word, more = torch.unravel_index(best.indices, scores.shape)
        first = rows[row] * x.shape[1] + word
        last = torch.minimum(first + more, rows[row] * x.shape[1] + x.shape[1] - 1)
        triggers = self.vectors(flat, {"first": first, "last_word": last}, "trigger")
        log_p = best.values.log_softmax(-1)[:, None] + self.label["event_type"](triggers).log_softmax(-1)
        if (told["source"], told["target"]) != (None, None):
            log_p = log_p + self.parties(triggers, mentions, unit["told_side"](first, last), unit["mentions"], told)
        none = F.logsigmoid(-best.values).sum()
        return log_p.logsumexp(0), torch.log(-torch.expm1(none)).clamp(min=-10)

    def parties(self, triggers, mentions, here, side, told):
        """[trigger, type]: log-probability that the source acts and the target is acted on. In what is done together each may
        be either."""
        odds = {}
        for name in ("actor", "recipient"):
            scores = self.links(name, triggers, mentions, here, side)
            odds[name] = scores[:, 1:] - scores[:, :1]
        directed = together = 0
        for who, plays, other in ((told["source"], "actor", "recipient"), (told["target"], "recipient", "actor")):
            if who is not None:
                one, not_other = F.logsigmoid(odds[plays][:, who]), F.logsigmoid(-odds[other][:, who])
                directed = directed + one + not_other
                together = together + torch.log(1 - torch.sigmoid(-odds["actor"][:, who]) * torch.sigmoid(-odds["recipient"][:, who]) + 1e-6)
        mutual = torch.tensor([name in MUTUAL for name in TYPES])
        return torch.where(mutual, together[:, None], directed[:, None])


def marginal_of(scores, may_be):
    """(sum, how many) of negative log-probabilities of the values that are not excluded. scores and may_be [n, value]."""
    log_p = scores.log_softmax(-1)
    return -log_p.masked_fill(~may_be, -1e4).logsumexp(-1).sum(), len(scores)


def marginal(scores, target, chain):
    """(sum, how many) of negative log-probabilities of pointing to any mention of the target's chain, or to nothing (-1).
    A target of -2 is not scored. scores [n, 1 + mention], target [n], chain [mention]."""
    right = torch.cat([(target == -1)[:, None], target[:, None] == chain[None]], 1)
    right[:, 1:] &= (target >= 0)[:, None]
    wanted = right.any(1)
    loss = scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)
    return loss[wanted].sum(), int(wanted.sum())


def chain_scores(scores, chain):
    """[n, chain]: log of the summed odds over each chain's mentions; -30 for a chain without mentions."""
    n_chains = int(chain.max()) + 1 if len(chain) else 0
    member = chain[None] == torch.arange(n_chains)[:, None]
    return scores[:, None].masked_fill(~member[None], -30.0).logsumexp(-1)
