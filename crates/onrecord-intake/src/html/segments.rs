//! The paragraphs of a page: runs of text between the borders of blocks.

use crate::html::dom::{Dom, NodeId};
use crate::html::tag::Tag;
use crate::html::text;

/// A paragraph, heading, list item, cell or other run of text.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// The first text inside.
    pub(crate) first: NodeId,
    /// Its lines, without white space at the ends.
    pub(crate) text: String,
    /// Characters in all, and inside links.
    pub(crate) n_chars: usize,
    pub(crate) n_linked: usize,
    /// The outermost list around that is inside the part read.
    pub(crate) list: Option<NodeId>,
    /// The innermost table around.
    pub(crate) table: Option<NodeId>,
    /// Whether it is quoted as a block.
    pub(crate) quoted: bool,
    /// The innermost block around.
    pub(crate) tag: Tag,
}

impl Segment {
    /// The share of its characters that are links.
    pub(crate) fn link_density(&self) -> f32 {
        self.n_linked as f32 / self.n_chars.max(1) as f32
    }

    /// Whether it looks like running text.
    pub(crate) fn is_prose(&self) -> bool {
        let n_own = self.n_chars - self.n_linked.min(self.n_chars);
        let long = n_own >= 80 || (n_own >= 40 && ends_a_sentence(&self.text));
        long && self.link_density() < 0.5 && !self.tag.is_heading()
    }
}

/// Whether the text ends as sentences do, be they quoted.
pub(crate) fn ends_a_sentence(text: &str) -> bool {
    let closing = ['"', '\'', '”', '’', '»', '“', ')', ']', '」', '』', '‘', '›', ' '];
    let text = text.trim_end_matches(closing);
    text.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '؟', '۔', '।'])
}

/// Reads the segments of a subtree, leaving out the subtrees that are marked as removed.
pub(crate) fn segments(dom: &Dom, root: NodeId, removed: &[bool]) -> Vec<Segment> {
    let mut reader = Reader { dom, out: Vec::new(), run: Run::default() };
    let mut open: Vec<NodeId> = Vec::new();
    let (mut link_end, mut quote_end, mut pre_end) = (root, root, root);
    let (mut lists, mut tables): (Vec<NodeId>, Vec<NodeId>) = Default::default();
    let end = dom.end(root);
    let mut node = root;
    while node < end {
        while let Some(&block) = open.last()
            && dom.end(block) <= node
        {
            open.pop();
            reader.flush(block, &lists, &tables, quote_end);
            lists.pop_if(|list| *list == block);
            tables.pop_if(|table| *table == block);
        }
        if removed[node.index()] {
            if dom.tag(node).is_block() {
                let block = open.last().copied().unwrap_or(root);
                reader.flush(block, &lists, &tables, quote_end);
            }
            node = dom.end(node);
            continue;
        }
        let tag = dom.tag(node);
        match tag {
            Tag::Text => {
                reader.run.push(dom.text(node), node, node < link_end, node < pre_end);
            }
            Tag::Br => reader.run.line_break(),
            Tag::A => link_end = dom.end(node).max(link_end),
            _ => {}
        }
        if tag.is_block() {
            let block = open.last().copied().unwrap_or(root);
            reader.flush(block, &lists, &tables, quote_end);
            open.push(node);
            match tag {
                Tag::List | Tag::Dl => lists.push(node),
                Tag::Table => tables.push(node),
                Tag::Blockquote => quote_end = dom.end(node).max(quote_end),
                Tag::Pre => pre_end = dom.end(node).max(pre_end),
                _ => {}
            }
        }
        node = NodeId::new(node.index() + 1);
    }
    while let Some(block) = open.pop() {
        reader.flush(block, &lists, &tables, quote_end);
        lists.pop_if(|list| *list == block);
        tables.pop_if(|table| *table == block);
    }
    reader.flush(root, &lists, &tables, quote_end);
    reader.out
}

struct Reader<'a> {
    dom: &'a Dom,
    out: Vec<Segment>,
    run: Run,
}

/// Text since the last border.
#[derive(Default)]
struct Run {
    text: String,
    first: Option<NodeId>,
    /// Where a paragraph ends within the run: byte, and linked characters up to there.
    breaks: Vec<(usize, usize)>,
    n_linked: usize,
}

impl Run {
    fn push(&mut self, text: &str, node: NodeId, linked: bool, pre: bool) {
        let blank = text.trim().is_empty();
        if self.text.is_empty() && blank {
            return;
        }
        if self.first.is_none() && !blank {
            self.first = Some(node);
        }
        let mut n_chars = 0;
        for c in text.chars() {
            let space = c.is_whitespace();
            n_chars += usize::from(!space);
            if !space || (pre && c == '\n') {
                self.text.push(c);
            } else if !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
        self.n_linked += if linked { n_chars } else { 0 };
    }

    fn line_break(&mut self) {
        let kept = self.text.trim_end_matches([' ', '\u{a0}']);
        if kept.is_empty() {
            return;
        }
        if kept.ends_with('\n') {
            let n = kept.trim_end_matches('\n').len();
            if self.breaks.last().is_none_or(|&(at, _)| at < n) {
                self.breaks.push((n, self.n_linked));
            }
        }
        let n = kept.len();
        self.text.truncate(n);
        self.text.push('\n');
    }
}

impl Reader<'_> {
    fn flush(&mut self, block: NodeId, lists: &[NodeId], tables: &[NodeId], quote_end: NodeId) {
        if self.run.text.is_empty() {
            return;
        }
        let mut run = std::mem::take(&mut self.run);
        let Some(first) = run.first else { return };
        run.breaks.push((run.text.len(), run.n_linked));
        let (mut from, mut linked_before) = (0, 0);
        for &(to, n_linked) in &run.breaks {
            let text = text::lines(&run.text[from..to]);
            if !text.is_empty() {
                self.out.push(Segment {
                    first,
                    n_chars: text.chars().filter(|c| !c.is_whitespace()).count(),
                    n_linked: n_linked - linked_before,
                    list: lists.first().copied(),
                    table: tables.last().copied(),
                    quoted: first < quote_end,
                    tag: self.dom.tag(block),
                    text,
                });
            }
            (from, linked_before) = (to, n_linked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::removal::unseen;
    use crate::html::tree::parse;

    #[test]
    fn paragraphs_of_pages() {
        let cases: [(&str, &[&str]); 12] = [
            ("<p>a<p>b</p>c", &["a", "b", "c"]),
            ("<div>a<span>b</span> c<div>d</div>e</div>", &["ab c", "d", "e"]),
            ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", &["a", "b", "c", "d"]),
            ("a<br>b<br><br>c <br>\n <br> d", &["a\nb", "c", "d"]),
            ("<table><tr><td>a<td>b<tr><td>c</table>d", &["a", "b", "c", "d"]),
            ("<b>a</p>b</div>c</b>", &["abc"]),
            ("<p>a <b>b<p>c</b> d", &["a b", "c d"]),
            ("<pre>a\n  b</pre>", &["a\nb"]),
            ("x&amp;y&nbsp;z&shy;! &eacute;e\u{301}&#8220;", &["x&y z! éé“"]),
            ("<body>a</body></html>b", &["ab"]),
            ("a<script>b</script><style>c</style><!-- d -->e", &["ae"]),
            ("<dl><dt>a<dd>b<dt>c</dl><h2>d<h3>e", &["a", "b", "c", "d", "e"]),
        ];
        let mut failures = Vec::new();
        for (page, expected) in cases {
            let dom = parse(page);
            let found = segments(&dom, NodeId::ROOT, &unseen(&dom));
            let found: Vec<&str> = found.iter().map(|segment| segment.text.as_str()).collect();
            if found != expected {
                failures.push(format!("{page:?}\n  found    {found:?}\n  expected {expected:?}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
}
