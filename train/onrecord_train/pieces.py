"""Text to wordpieces with code-point offsets and surface features.

The same is done by `crates/onrecord-model/src/wordpiece.rs` and `crates/onrecord-extract/src/surface.rs`;
`reference.py` writes the cases by which the two are compared.

A piece carries what lower-casing took away:
  shape  0 special token, 1 lower, 2 Capitalised, 3 ALL CAPITALS, 4 mIxed, 5 without letters
  quote  0 outside quotation marks, 1 inside, 2 inside a quotation carried over from an earlier paragraph
  start  1 on the first piece of a paragraph, else 0
"""
import dataclasses
import re
import unicodedata

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

N_SHAPES, N_QUOTES, N_STARTS = 6, 3, 2
OPENING = "“„«"
CLOSING = "”»"
# Marks that open in one language close in another; straight marks do both. Neighbours decide.
EITHER = '"“”„«»'


@dataclasses.dataclass
class Pieces:
    """The pieces of one text; parallel lists, offsets in code points; `paragraph` and `word` are running numbers."""
    ids: list
    start: list
    end: list
    shape: list
    quote: list
    paragraph: list
    first: list
    word: list

    def __len__(self):
        return len(self.ids)


def build_tokenizer(vocab_path):
    """BERT's uncased wordpiece tokenizer without special tokens: `[SEP]` in a text is text."""
    vocab = {line.rstrip("\n"): i for i, line in enumerate(open(vocab_path, encoding="utf8"))}
    tok = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]", max_input_chars_per_word=100))
    tok.normalizer = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True,
                                                strip_accents=True, lowercase=True)
    tok.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tok


def paragraphs(text):
    """Maximal runs without a line break that hold something but white space: [start, end) each."""
    return [m.span() for m in re.finditer(r"[^\n]+", text) if m.group().strip()]


def quote_marks(text, spans):
    """Quotation marks in order: (offset, opens, paragraph number). Neighbours decide what a straight mark does."""
    marks = []
    for number, (s, e) in enumerate(spans):
        inside = False
        for i in range(s, e):
            c = text[i]
            if c in OPENING:
                opens = True
            elif c in CLOSING:
                opens = False
            elif c == '"':
                before = text[i - 1] if i > s else " "
                after = text[i + 1] if i + 1 < e else " "
                opens = (before.isspace() or before in "([—–-") and not after.isspace()
                if not opens and not inside and not after.isspace() and not before.isalnum() and before not in ".,!?;:":
                    opens = True
            else:
                continue
            inside = opens
            marks.append((i, opens, number))
    return marks


def quote_states(text, spans):
    """Per paragraph, the stretches inside quotation marks as (start, end, state) with state 1 or 2 (see above).

    A quotation left open at the end of a paragraph goes on by the news convention: a paragraph that begins with
    an opening mark goes on with it; one that does not is taken as carried over (2) up to the closing mark,
    if a closing mark is the next mark to come.
    """
    marks = quote_marks(text, spans)
    out = [[] for _ in spans]
    opened = None                       # offset of the mark that opened, within the current paragraph
    carried = False                     # a quotation was left open by an earlier paragraph
    i = 0
    for number, (s, e) in enumerate(spans):
        here = []
        while i < len(marks) and marks[i][2] == number:
            here.append(marks[i])
            i += 1
        next_closes = None
        if here:
            next_closes = not here[0][1]
        elif i < len(marks):
            next_closes = not marks[i][1]
        opened, state = None, 1
        if carried and next_closes:
            opened, state = s, 2
        if carried and not next_closes:
            carried = bool(here)        # an opening mark later: the convention of repeated opening marks
        for offset, opens, _ in here:
            if opens:
                if opened is None:
                    opened, state = offset, 1
            else:
                if opened is not None:
                    out[number].append((opened, offset + 1, state))
                opened, state, carried = None, 1, False
        if opened is not None:
            out[number].append((opened, e, state))
            carried = True
        elif here:
            carried = False
    return out


def word_shape(word):
    letters = [c for c in word if unicodedata.category(c)[0] == "L"]
    if not letters:
        return 5
    upper = [c.isupper() for c in letters]
    if not any(upper):
        return 1
    if all(upper):
        return 3 if len(letters) > 1 else 2
    return 2 if upper[0] and not any(upper[1:]) else 4


def split(tokenizer, text):
    """All pieces of a text."""
    spans = paragraphs(text)
    states = quote_states(text, spans)
    p = Pieces([], [], [], [], [], [], [], [])
    n_words = 0
    for number, (s, e) in enumerate(spans):
        part = text[s:e]
        enc = tokenizer.encode(part, add_special_tokens=False)
        inside = states[number]
        k = 0
        word, shape = None, 5
        words = enc.word_ids
        for j, (a, b) in enumerate(enc.offsets):
            if words[j] != word:
                word = words[j]
                n_words += 1
                last = j
                while last + 1 < len(words) and words[last + 1] == word:
                    last += 1
                shape = word_shape(part[a:enc.offsets[last][1]])
            if j == last:           # a mark that normalises to nothing stays with its word
                stop = enc.offsets[j + 1][0] if j + 1 < len(words) else len(part)
                while b < stop and (unicodedata.category(part[b])[0] == "M" or part[b] == "\u200d"):
                    b += 1
            a, b = a + s, b + s
            while k < len(inside) and inside[k][1] <= a:
                k += 1
            quote = inside[k][2] if k < len(inside) and inside[k][0] <= a else 0
            p.ids.append(enc.ids[j])
            p.start.append(a)
            p.end.append(b)
            p.shape.append(shape)
            p.quote.append(quote)
            p.paragraph.append(number)
            p.first.append(int(j == 0))
            p.word.append(n_words - 1)
    return p
