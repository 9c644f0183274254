"""The encoder (BERT's, as MiniLM-L6 has it) and the heads on its word vectors."""
import json
import math

import safetensors.torch
import torch
from torch import nn
from torch.nn import functional as F

from .labels import N_LAYERS, TAGS
from .pieces import N_QUOTES, N_SHAPES, N_STARTS
from .spans import Heads
from .windows import LONGEST

POINTER_DIM = 128
N_DISTANCES = 18            # see `distance_bucket`


class Dropout(nn.Module):
    """Dropout whose masks are slices of one random pool: drawing fresh bits is a quarter of a step on a CPU."""

    POOL = 1 << 24

    def __init__(self, p):
        super().__init__()
        self.p = p
        self.pool = None

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        if self.pool is None or self.pool.dtype != x.dtype:
            self.pool = ((torch.rand(self.POOL) >= self.p) / (1 - self.p)).to(x.dtype)
        at = int(torch.randint(self.POOL - x.numel(), ()))
        return x * self.pool[at:at + x.numel()].view(x.shape)


class Block(nn.Module):
    def __init__(self, width, n_heads, inner, dropout):
        super().__init__()
        self.n_heads = n_heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = Dropout(dropout)

    def forward(self, x, bias):
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.n_heads, w // self.n_heads).permute(2, 0, 3, 1, 4)
        scores = (q * (w // self.n_heads) ** -0.5) @ k.transpose(-1, -2)
        with torch.autocast("cpu", enabled=False):      # softmax in the scores' own type; autocast would widen it
            mixed = (scores + bias.to(scores.dtype)).softmax(-1) @ v
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(b, n, w))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Piece ids and surface features to vectors, [batch, piece, width]."""

    def __init__(self, config, dropout=0.1):
        super().__init__()
        width = config["hidden_size"]
        self.piece = nn.Embedding(config["vocab_size"], width)
        self.position = nn.Embedding(LONGEST, width)
        self.shape = nn.Embedding(N_SHAPES, width)
        self.quote = nn.Embedding(N_QUOTES, width)
        self.start = nn.Embedding(N_STARTS, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.blocks = nn.ModuleList(
            Block(width, config["num_attention_heads"], config["intermediate_size"], dropout)
            for _ in range(config["num_hidden_layers"]))
        self.drop = Dropout(dropout)

    def forward(self, ids, shape, quote, start, mask):
        position = torch.arange(ids.shape[1])
        x = self.piece(ids) + self.position(position) + self.shape(shape) + self.quote(quote) + self.start(start)
        x = self.drop(self.norm(x))
        bias = torch.zeros_like(mask, dtype=torch.float).masked_fill(~mask, -1e4)[:, None, None, :]
        for block in self.blocks:
            x = block(x, bias)
        return x

    @classmethod
    def pretrained(cls, folder):
        """From a Hugging Face BERT checkpoint; the surface features start at zero, so that it begins as it was."""
        config = json.load(open(f"{folder}/config.json"))
        old = safetensors.torch.load_file(f"{folder}/model.safetensors")
        old = {k.removeprefix("bert."): v for k, v in old.items()}
        self = cls(config)
        new = {"piece.weight": old["embeddings.word_embeddings.weight"],
               "position.weight": old["embeddings.position_embeddings.weight"][:LONGEST]
               + old["embeddings.token_type_embeddings.weight"][0],
               "norm.weight": old["embeddings.LayerNorm.weight"], "norm.bias": old["embeddings.LayerNorm.bias"]}
        for name in ("shape", "quote", "start"):
            new[f"{name}.weight"] = torch.zeros_like(getattr(self, name).weight)
        names = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
                 "down": "output.dense", "norm2": "output.LayerNorm"}
        for i in range(len(self.blocks)):
            for kind in ("weight", "bias"):
                at = f"encoder.layer.{i}."
                new[f"blocks.{i}.qkv.{kind}"] = torch.cat(
                    [old[f"{at}attention.self.{x}.{kind}"] for x in ("query", "key", "value")])
                for mine, theirs in names.items():
                    new[f"blocks.{i}.{mine}.{kind}"] = old[f"{at}{theirs}.{kind}"]
        self.load_state_dict(new)
        return self


def tag_transitions():
    """[from, to] mask of what BIO allows, and the tags that may begin a sequence."""
    n = len(TAGS)
    allowed = torch.ones(n, n, dtype=torch.bool)
    begin = torch.ones(n, dtype=torch.bool)
    for to in range(2, n, 2):
        allowed[:, to] = False
        allowed[to - 1, to] = allowed[to, to] = True
        begin[to] = False
    return allowed, begin


class TagHead(nn.Module):
    """A linear-chain CRF over words (Lafferty et al. 2001) with BIO constraints."""

    def __init__(self, width):
        super().__init__()
        self.emission = nn.Linear(width, len(TAGS))
        self.transition = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        allowed, begin = tag_transitions()
        self.register_buffer("forbidden", torch.where(allowed, 0.0, -1e4))
        self.register_buffer("forbidden_begin", torch.where(begin, 0.0, -1e4))

    def loss(self, x, tags, mask):
        """Negative log-likelihood of each sequence, [batch]. x [batch, word, width], tags and mask [batch, word]."""
        emission = self.emission(x).float()
        transition = self.transition + self.forbidden
        gold = emission.gather(-1, tags[..., None])[..., 0] * mask
        steps = transition[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]
        alpha = emission[:, 0] + self.forbidden_begin
        for t in range(1, emission.shape[1]):
            new = torch.logsumexp(alpha[:, :, None] + transition, 1) + emission[:, t]
            alpha = torch.where(mask[:, t, None] > 0, new, alpha)
        return torch.logsumexp(alpha, 1) - gold.sum(1) - steps.sum(1)


def distance_bucket(n_words):
    """[n, n] bucket of j - i: 0 here; then by magnitude in powers of two, ahead and behind; the last is [CLS]."""
    i = torch.arange(n_words)
    d = i[None, :] - i[:, None]
    size = (d.abs().float().clamp(min=1).log2().floor().long() + 1).clamp(max=8) * (d != 0)
    return torch.where(d > 0, size, torch.where(d < 0, size + 8, 0))


class PointerHead(nn.Module):
    """Each word to a word of the window, or to nothing (position 0, `[CLS]`): dot products and a bias by distance."""

    def __init__(self, width):
        super().__init__()
        self.query = nn.Linear(width, POINTER_DIM)
        self.key = nn.Linear(width, POINTER_DIM)
        self.distance = nn.Parameter(torch.zeros(N_DISTANCES))

    def forward(self, x, mask):
        """Log-probabilities [batch, word, word]; word 0 is `[CLS]`."""
        q, k = self.query(x).float(), self.key(x).float()
        bucket = distance_bucket(x.shape[1])
        bucket[:, 0] = N_DISTANCES - 1
        scores = q @ k.transpose(1, 2) / math.sqrt(POINTER_DIM) + self.distance[bucket]
        return scores.masked_fill(mask[:, None, :] == 0, -1e4).log_softmax(-1)


class Model(nn.Module):
    """One pass of the encoder; `tags.L` tags words, `head.L` and `source.L` point, in layer L; `spans` are the heads on spans."""

    def __init__(self, encoder):
        super().__init__()
        width = encoder.norm.weight.shape[0]
        self.encoder = encoder
        self.drop = Dropout(0.1)
        self.tags = nn.ModuleList(TagHead(width) for _ in range(N_LAYERS))
        self.head = nn.ModuleList(PointerHead(width) for _ in range(N_LAYERS))
        self.source = nn.ModuleList(PointerHead(width) for _ in range(N_LAYERS))
        self.spans = Heads(width)

    def words(self, batch):
        """Vectors of the first pieces of words, [batch, 1 + word, width]; word 0 is `[CLS]`."""
        x = self.encoder(batch["ids"], batch["shape"], batch["quote"], batch["start"], batch["mask"])
        index = batch["first_piece"][..., None].expand(-1, -1, x.shape[-1])
        return x.gather(1, index)

    def loss(self, batch, doubt):
        """{name: (sum of losses, how many)}: tags and spans a word, pointers a pointing word, labels and links a span.

        In a layer that a window's corpus does not annotate all tags are O, and count `doubt`: some prior, so that what
        was learned on a small corpus is not found all over the others.
        """
        x = self.drop(self.words(batch)).float()
        with torch.autocast("cpu", enabled=False):
            return self.statement_losses(x, batch, doubt) | self.spans.losses(x, batch)

    def statement_losses(self, x, batch, doubt):
        rows = batch["statements"].nonzero()[:, 0]
        if not len(rows):
            return {}
        x, mask = x[rows], batch["word_mask"][rows].float()
        out = {}
        for layer in range(N_LAYERS):
            weight = torch.where(batch["knows_layer"][rows, layer], 1.0, doubt)
            tags = self.tags[layer].loss(x[:, 1:], batch["tags"][rows, layer, 1:], mask[:, 1:])
            out[f"tags.{layer}"] = ((tags * weight).sum(), (mask[:, 1:].sum(1) * weight).sum())
            for name, head in (("head", self.head[layer]), ("source", self.source[layer])):
                target = batch[name][rows, layer]
                n = int((target >= 0).sum())
                if n:
                    log_p = head(x, mask)
                    out[f"{name}.{layer}"] = (F.nll_loss(log_p.flatten(0, 1), target.flatten(), ignore_index=-1, reduction="sum"), n)
        return out
