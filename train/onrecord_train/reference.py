"""Cases by which the tests of `crates/onrecord-model` compare the Rust model with this one.

{"words":   [{"text", "words": [[start, end, [id...]]...]}...]      offsets in code points
 "windows": [{"ids", "shape", "quote", "start", "rows",             as `onrecord_extract::Input`
              "float": SCORES, "simulated": SCORES}...]}
SCORES: {"tags": [layer][word][tag], "points": [{"pointer", "layer", "from", "scores": [row]}...]}, where `scores[0]`
points to nothing. "float" is the trained model, "simulated" the arithmetic of the exported one (`export.simulate`).
All texts are our own.
"""
import json
import math
import unicodedata

import torch

from .batches import CLS, SEP, collate
from .export import simulate
from .labels import N_LAYERS
from .model import N_DISTANCES, POINTER_DIM, distance_bucket
from .pieces import split
from .spans import N_LOOKS, N_MATCHES, TRIGGER_LABELS, distance

TEXTS = [
    "", " ", "\t \r", "\u0000\u0001\u0007\u200b\ufeff", "\u0301", "a", "The minister said no.",
    "“We will not,” she said, “be moved.”", '"We will not," she said.', "«Nous partons», dit-il.", "„Wir gehen“, sagte er.",
    "‚einfach‘ ‘single’ ‹guillemets› 「鉤括弧」 『二重』 〝quotes〟 ＂full＂ ’tis ʼtis `tick´", "'don't' won't o'clock", "the ''old'' ``TeX'' way",
    "Café Müller, naïve façade", "Cafe\u0301 Mu\u0308ller, nai\u0308ve fac\u0327ade", "A\u030a\u0301ngstro\u0308m a\u0300\u0301\u0302\u0303",
    "İstanbul'da ISPARTA ıslak ĞÜŞİÖÇ", "ΣΊΣΥΦΟΣ Ὀδυσσεύς ᾳ ᾼ", "Ёлка, Йод, ЩУКА и ёж", "Київ, їжак, ґанок", "Владимир Путин заявил: «Нет».",
    "Ω Å K ſ ﬁ ﬂ ﬀ ĳ ǆ ẞ ß", "北京2024年 and 東京 met", "日本語のテキスト、カタカナ。ｶﾀｶﾅ ガ か\u3099", "한국어 텍스트 각\u11a8 \u1112\u1161\u11ab", "𠀀𠮷野家 豈 丽 ㍿ ⼀",
    "👩‍💻 codes", "👨‍👩‍👧‍👦", "🏳️‍🌈 flag ❤️ heart ☺︎", "👍🏽👍 ok👍", "🇦🇿🇦🇲", "word\u200d", "word\u200d\u0301 next", "e\u0301\u0302", "¿Qué? ¡No!", "1️⃣ 2\u20e3",
    "مرحبا بالعالم، قال الوزير", "مُحَمَّدٌ ﷺ", "שָׁלוֹם עֲלֵיכֶם", "\u202bשלום\u202c (abc) \u2066x\u2069", "नमस्ते दुनिया। हिन्दी", "বাংলা ভাষা", "தமிழ் மொழி", "ภาษาไทย น้ำ", "ພາສາລາວ", "ខ្មែរ", "မြန်မာ", "བོད་ཡིག", "አማርኛ", "Հայերեն և", "ქართული ᲥᲐᲠᲗᲣᲚᲘ",
    "Việt Nam Nguyễn Phú Trọng", "Azərbaycan Ərəb", "Łódź, Ærø, Œuvre, Þór, Đặng",
    "zero\u200bwidth soft\u00adhyphen word\u2060joiner bom\ufeffinside", "bell\u0007inside del\u007fx c1\u0085x", "a\ufffdb c\u0000d", "tabs\tand\r returns\u000bvt\u000cff",
    "no\u00a0break thin\u2009space ideographic\u3000space ogham\u1680x line\u2028sep para\u2029sep mongolian\u180evowel", "  leading and trailing  ",
    "a" * 99, "a" * 100, "a" * 101, "é" * 100, "e\u0301" * 101, "x" * 30 + "-" + "y" * 150, "Donaudampfschifffahrtsgesellschaftskapitän antidisestablishmentarianism",
    "[CLS] [SEP] [MASK] [UNK] [PAD] ##ing [unused1]", "##", "#hashtag @user user@example.org https://example.org/a?b=c&d=%20",
    "$1,234.56 €99 £5 ¥7 ₹8 ₿1 50% ‰ ½ ¼ ² ³ ½", "U.S.-led A/B C++ C# .NET e.g. i.e. …", "dash-dash – en — em ― bar − minus ‐ hyphen ‑ nb ‒ fig", "x=y+z<w>v|u~t^s`r{q}p[o]n\\m",
    "§ ¶ † ‡ • · ° © ® ™ ¬ ¦ № ℃ ⁂ ❝ ❞ ⸺ ⹂", "a~b^c$d+e=f|g<h>i", "\u0300start", "x\u0300\u200dy", "क\u093c\u094d\u200dष", "ᭅ\u1b35 \u0903 ी alone", "\u20dd a\u20dd", "𝐁𝐨𝐥𝐝 𝓢𝓬𝓻𝓲𝓹𝓽 Ｆｕｌｌ Ⓒ ⅷ", "𐐀𐐨 𞤀𞤢 𓀀 🄰",
    "\U000e0041\U000e007f tag \U0001f3f4\U000e0067\U000e007f", "\ue000private \U000f0000use", "\u0378unassigned \U0001fae8new \u1c8anew \u1ac1mark a\u1ac1b", "Mixed日本and한국and中文words", "a\u3164b\u115fc \u17b4 \u034f x\u034f",
    "\u302e\u302f a\u302e\u0301b", "\u1d165\U0001d15e\U0001d1bb music", "ﷺﬃ\ufb2c\ufb1d", "ǅ ǈ ᾈ ŉ ǰ ΐ", "word.Word,word;word:word!word?word", "\u05f3 \u05f4 \u055a \u0589 \u060c \u061b \u061f \u0964 \u3001 \uff01 \u2e2f",
]

WINDOWS = [
    "The president of Veldania said on Tuesday that “no foreign base” would be built in the north.",
    "“We were promised roads, and we were given ribbons,” said Ilma Torvik, who chairs the miners' union in Hask.\n"
    "Her deputy, Oren Pell, disagreed: \"The roads are late, not lost,\" he told the Hask Courier. He added that the ministry "
    "had asked for patience until MAY.\n"
    "According to a statement by the Ministry of Works, three contracts have been signed; a fourth is to follow.\n"
    "Critics say the figures cannot be checked. “They count a signature as a bridge,” Torvik wrote.",
    "KORVA — The Assembly of Marrin voted 61 to 40 on Thursday to end its dispute with neighbouring Teles over the ferry "
    "line, a step that both governments had described as “overdue” and that fishermen on either shore call a surrender.\n"
    "Speaker Dana Ulrey told reporters that the vote “closes a chapter that should never have been opened.” She did not say "
    "when the first boats would sail.\n"
    "In Teles, the foreign minister, Pavo Renk, welcomed the decision. “Our partners have understood that water does not "
    "take sides,” he said, adding that his government would lift the tax on catches landed at Korva.\n"
    "The opposition Harbour List accused the cabinet of hiding the price. “What have we paid?” asked its leader, Sima "
    "Okonjo-Vale. “The speaker tells us that the minister told her that nothing was paid. I was told the same about the lighthouse.”\n"
    "A spokesman for the cabinet denied that any money had changed hands, and said the text would be published next week.\n"
    "Analysts doubt it. The two sides have announced agreements four times since 1998, according to the Northern Institute, "
    "and have kept one, which concerned the painting of buoys.",
]


def word_cases(tokenizer):
    out = []
    for text in TEXTS:
        enc = tokenizer.encode(text, add_special_tokens=False)
        words = []
        last = None
        for id_, (a, b), word in zip(enc.ids, enc.offsets, enc.word_ids):
            if word != last:
                words.append([a, b, []])
                last = word
            words[-1][1] = b
            words[-1][2].append(id_)
        for i, (a, b, _) in enumerate(words):       # a mark that normalises to nothing stays with its word
            end = words[i + 1][0] if i + 1 < len(words) else len(text)
            while b < end and (unicodedata.category(text[b])[0] == "M" or text[b] == "\u200d"):
                b += 1
            words[i][1] = b
        out.append({"text": text, "words": words})
    return out


FIRST_WORDS, LENGTHS = 8, 2         # as many as every window and every kind of span has
SPANS_COMPARED = [(0, 2), (1, 4), (5, 6), (8, 12)]
FROM_TRIGGERS = ("event", "actor", "recipient", "place", "time")


def window_input(tokenizer, text):
    p = split(tokenizer, text)
    rows = [0] + [i + 1 for i in range(len(p)) if i == 0 or p.word[i] != p.word[i - 1]]
    return {"ids": [CLS] + p.ids + [SEP], "shape": [0] + p.shape + [0], "quote": [0] + p.quote + [0],
            "start": [0] + p.first + [0], "rows": rows}


def rounded(tensor):
    return [rounded(x) for x in tensor] if tensor.dim() else round(float(tensor), 4)


@torch.no_grad()
def scores(model, window):
    n = len(window["ids"])
    batch = {k: torch.tensor([window[k]]) for k in ("ids", "shape", "quote", "start")}
    batch["mask"] = torch.ones(1, n, dtype=torch.bool)
    batch["first_piece"] = torch.tensor([window["rows"]])
    x = model.words(batch)[0]
    points = []
    for layer in range(N_LAYERS):
        for name, head in (("head", model.head[layer]), ("source", model.source[layer])):
            bucket = distance_bucket(len(x))
            bucket[:, 0] = N_DISTANCES - 1
            s = head.query(x) @ head.key(x).T / math.sqrt(POINTER_DIM) + head.distance[bucket]
            points += [{"pointer": name, "layer": layer, "from": i, "scores": rounded(s[i])}
                       for i in sorted({1, len(x) // 3, len(x) - 1})]
    return {"tags": [rounded(model.tags[layer].emission(x[1:])) for layer in range(N_LAYERS)], "points": points,
            "spans": span_scores(model.spans, x[1:])}


def standing():
    """How the spans compared are said to stand to each other: as many kinds as there are pairs."""
    i = torch.arange(len(SPANS_COMPARED))
    looks = (i[:, None] % N_LOOKS) * N_LOOKS + i[None] % N_LOOKS
    total = i[:, None] + i[None]
    return ((looks * N_MATCHES + total % N_MATCHES) * 2 + (i[:, None] == i[None])) * 2 + total % 2


def span_scores(heads, x):
    """Of the spans that begin with the first words and have up to `LENGTHS`; of labels and links of `SPANS_COMPARED`."""
    vectors = torch.cat([x[[s for s, _ in SPANS_COMPARED]], x[[e - 1 for _, e in SPANS_COMPARED]]], -1)
    start = torch.tensor([s for s, _ in SPANS_COMPARED])
    far = distance(start, start)
    mentions, triggers = heads.vector["mention"](vectors), heads.vector["trigger"](vectors)
    of = lambda name: triggers if name in TRIGGER_LABELS or name in FROM_TRIGGERS else mentions
    to = lambda name: triggers if name == "event" else mentions
    return {
        "spans": {name: rounded(head(x[None])[0, :FIRST_WORDS, :LENGTHS]) for name, head in heads.span.items()},
        "labels": {name: rounded(head(of(name))) for name, head in heads.label.items()},
        "links": {name: rounded(head(of(name), to(name), far, standing())) for name, head in heads.pair.items()},
    }


def write(model, tokenizer, path):
    """The reference file of a `model.Model`; `tokenizer` is `pieces.build_tokenizer`'s."""
    model = model.eval()
    quantised = simulate(model)
    windows = [window_input(tokenizer, text) for text in WINDOWS]
    for window in windows:
        window["float"], window["simulated"] = scores(model, window), scores(quantised, window)
    with open(path, "w", encoding="utf8") as out:
        json.dump({"words": word_cases(tokenizer), "windows": windows}, out, ensure_ascii=True, separators=(",", ":"))
        out.write("\n")
