"""Heads on spans of words: which spans there are, what they are, and which belong together.

A span's vector is its first and last words' vectors, side by side.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

from .marks import CONTEXTS, KINDS, SPANS, STATUSES, TYPES

SPAN_DIM = 64
PAIR_DIM = {"antecedent": 128, "country": 64, "holder": 64, "event": 64, "actor": 64, "recipient": 64, "place": 64}
LABELS = {"metonym": 2, "kind": len(KINDS), "stance": 3, "event_type": len(TYPES), "status": len(STATUSES), "context": len(CONTEXTS)}
N_DISTANCES = 21        # see `distance`
N_LOOKS, N_MATCHES = 3, 3


class SpanHead(nn.Module):
    """A score of each span of up to `longest` words (biaffine, Yu et al. 2020): a dot product of what its first and its last
    word are mapped to, and a bias by its length. It is one where the score is above zero."""

    def __init__(self, width, longest):
        super().__init__()
        self.first = nn.Linear(width, SPAN_DIM)
        self.last = nn.Linear(width, SPAN_DIM)
        self.length = nn.Parameter(torch.full((longest,), -4.0))

    def forward(self, x):
        """[batch, word, length]: the span of `length + 1` words from `word` on. Beyond the last word: nonsense."""
        q, k = self.first(x).float(), self.last(x).float()
        longest, n = len(self.length), x.shape[1]
        scores = q @ k.transpose(1, 2) / math.sqrt(SPAN_DIM)
        at = (torch.arange(n)[:, None] + torch.arange(longest)).clamp(max=n - 1)
        return scores.gather(2, at.expand(x.shape[0], -1, -1)) + self.length

    def loss(self, x, gold, mask):
        """Binary cross-entropy of all spans of each window, [batch]. gold [batch, word, length], mask [batch, word]."""
        scores = self(x)
        longest, n = len(self.length), x.shape[1]
        at = torch.arange(n)[:, None] + torch.arange(longest)
        inside = mask[:, at.clamp(max=n - 1)] * (at < n)
        loss = F.binary_cross_entropy_with_logits(scores, gold, reduction="none")
        return (loss * inside * mask[:, :, None]).sum((1, 2))


def distance(a, b):
    """Bucket of the distance from word `a` [n] on to word `b` [m] of the document: 0 here, 1 to 10 ahead and 11 to 20 behind
    by magnitude in powers of two."""
    d = b[None, :] - a[:, None]
    size = (d.abs().float().clamp(min=1).log2().floor().long() + 1).clamp(max=10) * (d != 0)
    return torch.where(d > 0, size, torch.where(d < 0, size + 10, 0))


class PairHead(nn.Module):
    """Scores between spans: dot products, a bias by distance, and the score of nothing."""

    def __init__(self, width, dim):
        super().__init__()
        self.query = nn.Linear(2 * width, dim)
        self.key = nn.Linear(2 * width, dim)
        self.nothing = nn.Linear(dim, 1)
        self.distance = nn.Parameter(torch.zeros(N_DISTANCES))

    def forward(self, a, b, buckets):
        """[n, 1 + m]: from each of `a` [n, 2 * width] to nothing, then to each of `b` [m, 2 * width]."""
        q, k = self.query(a), self.key(b)
        scores = q @ k.T / math.sqrt(q.shape[-1]) + self.distance[buckets]
        return torch.cat([self.nothing(q), scores], 1)


def match(unit):
    """[mention, mention] cells of the antecedents' bias: how each looks, and whether the same words or the same last word."""
    looks, text, last = unit["looks"], unit["text"], unit["last"]
    same = torch.where(text[:, None] == text[None], 2, (last[:, None] == last[None]).long())
    return (looks[:, None] * N_LOOKS + looks[None]) * N_MATCHES + same


class Heads(nn.Module):
    """All heads on spans."""

    def __init__(self, width):
        super().__init__()
        self.span = nn.ModuleDict({name: SpanHead(width, longest) for name, longest in SPANS.items()})
        self.pair = nn.ModuleDict({name: PairHead(width, dim) for name, dim in PAIR_DIM.items()})
        self.label = nn.ModuleDict({name: nn.Linear(2 * width, n) for name, n in LABELS.items()})
        for name in ("actor", "recipient"):     # most actors have no part in most events
            nn.init.constant_(self.pair[name].nothing.bias, 4.0)
        self.match = nn.Parameter(torch.zeros(N_LOOKS * N_LOOKS * N_MATCHES, 1))

    def antecedents(self, mentions, unit):
        """[mention, 1 + mention]: log-odds of nothing, then of each mention before; later ones at -1e4."""
        start = unit["word"]
        scores = self.pair["antecedent"](mentions, mentions, distance(start, start))
        n = len(mentions)
        scores = scores + F.pad(self.match[match(unit), 0], (1, 0))
        later = torch.ones(n, n, dtype=torch.bool).triu()
        return scores.masked_fill(F.pad(later, (1, 0)), -1e4)

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
            for name, loss, n in self.unit_losses(flat, unit):
                total, count = found.get(name, (0.0, 0))
                found[name] = (total + loss, count + n)
        return out | found

    def unit_losses(self, flat, unit):
        """Losses of a document's part: (name, sum, how many)."""
        if not len(unit["first"]):
            return
        mentions = torch.cat([flat[unit["first"]], flat[unit["last_word"]]], -1)
        for name in ("metonym", "stance"):
            target = unit[name]
            if (target >= 0).any():
                yield name, F.cross_entropy(self.label[name](mentions), target, ignore_index=-1, reduction="sum"), int((target >= 0).sum())
        known = unit["kinds"].any(1)
        if known.any():
            log_p = self.label["kind"](mentions[known]).log_softmax(-1)
            yield "kind", -log_p.masked_fill(~unit["kinds"][known], -1e4).logsumexp(-1).sum(), int(known.sum())
        chain = unit["chain"]
        if unit["chains"] and len(chain) > 1:
            scores = self.antecedents(mentions, unit)
            same = ((chain[:, None] == chain[None]) & (chain >= 0)[:, None]).tril(-1)
            right = torch.cat([~same.any(1, keepdim=True), same], 1)
            loss = scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)
            wanted = chain >= 0
            yield "antecedent", loss[wanted].sum(), int(wanted.sum())
        for name, start, spans, target in (("country", unit["word"], mentions, unit["country"]),
                                           ("holder", unit["role_word"], None, unit["role_chain"])):
            if not len(target) or not (target > -2).any():
                continue
            if spans is None:
                spans = torch.cat([flat[unit["role_first"]], flat[unit["role_last"]]], -1)
            yield name, *marginal(self.pair[name](spans, mentions, distance(start, unit["word"])), target, chain)
        if len(unit["event"]):
            yield from self.event_losses(flat, unit, mentions)

    def event_losses(self, flat, unit, mentions):
        triggers = torch.cat([flat[unit["trigger_first"]], flat[unit["trigger_last"]]], -1)
        n = len(triggers)
        yield "type", F.cross_entropy(self.label["event_type"](triggers), unit["type"], reduction="sum"), n
        yield "status", F.cross_entropy(self.label["status"](triggers), unit["status"], reduction="sum"), n
        yield "context", F.binary_cross_entropy_with_logits(self.label["context"](triggers), unit["context"], reduction="sum"), n
        start, chain = unit["trigger_word"], unit["chain"]
        far = distance(start, unit["word"])
        for name in ("actor", "recipient"):
            scores = self.pair[name](triggers, mentions, far)
            # To an actor as a whole: the sum of its mentions' odds.
            odds = chain_scores(scores[:, 1:], chain)
            loss = F.binary_cross_entropy_with_logits(odds - scores[:, :1], unit[name], reduction="sum")
            yield name, loss, n
        yield "place", *marginal(self.pair["place"](triggers, mentions, far), unit["place"], chain)
        if n > 1:
            scores = self.pair["event"](triggers, triggers, distance(start, start))
            scores = scores.masked_fill(F.pad(torch.ones(n, n, dtype=torch.bool).triu(), (1, 0)), -1e4)
            same = (unit["event"][:, None] == unit["event"][None]).tril(-1)
            right = torch.cat([~same.any(1, keepdim=True), same], 1)
            yield "event", (scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)).sum(), n


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
