//! Builds the tree of a page out of its tags.
//!
//! A part of the HTML standard's tree construction: elements that have no content, end tags that
//! may be left out, table cells that hold what they hold. Left out: text in tables is not moved
//! before them, and misnested formatting is not copied. Time is linear: no more than
//! [`MAX_DEPTH`] elements are open, tags beyond are ignored.

use crate::html::dom::{Attribute, Dom, Node, NodeId};
use crate::html::tag::Tag;
use crate::html::text::decode_into;
use crate::html::tokens::{RawAttribute, Token, Tokens};

/// Real pages stay below 100.
const MAX_DEPTH: usize = 256;

/// Values of attributes are cut here, in bytes: no more is needed of any.
const MAX_VALUE: usize = 8 << 10;

/// Parses a page. Any text is a page.
pub(crate) fn parse(page: &str) -> Dom {
    let mut tree = Tree::new(page.len());
    let mut tokens = Tokens::new(page);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => tree.text(text),
            Token::End { name } => tree.end(Tag::from_name(lower(name, &mut [0; MAX_NAME])), name),
            Token::Start { name, self_closing } => {
                let tag = Tag::from_name(lower(name, &mut [0; MAX_NAME]));
                let opened = tree.start(tag, name, tokens.attributes());
                if tag.is_raw() {
                    let text = tokens.raw_text(name);
                    if opened {
                        tree.raw_text(tag, text);
                        tree.pop();
                    }
                } else if opened && self_closing && matches!(tag, Tag::Svg | Tag::Other) {
                    tree.pop();
                }
            }
        }
    }
    tree.finish()
}

const MAX_NAME: usize = 16;

fn lower<'a>(name: &str, buffer: &'a mut [u8; MAX_NAME]) -> &'a str {
    let Some(buffer) = buffer.get_mut(..name.len()) else { return "" };
    buffer.copy_from_slice(name.as_bytes());
    buffer.make_ascii_lowercase();
    std::str::from_utf8(buffer).expect("only ASCII letters were changed")
}

struct Tree {
    dom: Dom,
    open: Vec<Open>,
    /// Elements that were too deep and are open.
    n_ignored: usize,
    has_body: bool,
}

struct Open {
    node: NodeId,
    tag: Tag,
    /// Tells elements of [`Tag::Other`] and of shared variants apart.
    name: u64,
}

impl Tree {
    fn new(page_len: usize) -> Tree {
        let root = Node { tag: Tag::Document, parent: NodeId::ROOT, end: 0, data: 0..0 };
        let mut nodes = Vec::with_capacity(page_len / 32 + 1);
        nodes.push(root);
        let (attributes, texts, values) = Default::default();
        let dom = Dom { nodes, attributes, texts, values };
        let open = vec![Open { node: NodeId::ROOT, tag: Tag::Document, name: 0 }];
        Tree { dom, open, n_ignored: 0, has_body: false }
    }

    /// Whether an element was opened that has content.
    fn start(&mut self, tag: Tag, name: &str, attributes: &[RawAttribute]) -> bool {
        match tag {
            Tag::Html if self.open.len() > 1 => return false,
            Tag::Body if self.has_body => return false,
            Tag::Head if self.has_body || self.is_open(Tag::Head) => return false,
            Tag::Body => {
                self.close_head();
                self.has_body = true;
            }
            tag if tag.is_block() && !matches!(tag, Tag::Html | Tag::Head) => self.close_head(),
            _ => {}
        }
        self.close_implied(tag);
        if tag.is_void() {
            self.push_node(tag, attributes);
            return false;
        }
        if self.open.len() >= MAX_DEPTH {
            // Raw text is consumed by the caller, end tag included.
            self.n_ignored += usize::from(!tag.is_raw());
            return false;
        }
        let node = self.push_node(tag, attributes);
        self.open.push(Open { node, tag, name: hash(name) });
        true
    }

    fn end(&mut self, tag: Tag, name: &str) {
        if self.n_ignored > 0 {
            self.n_ignored -= 1;
            return;
        }
        match tag {
            // What follows them belongs to the page all the same.
            Tag::Html | Tag::Body => return,
            // `</br>` is a line break.
            Tag::Br => {
                self.push_node(Tag::Br, &[]);
                return;
            }
            _ => {}
        }
        let name = hash(name);
        let inline = !tag.is_block();
        for (depth, open) in self.open.iter().enumerate().skip(1).rev() {
            if open.tag == tag && open.name == name {
                self.close_to(depth);
                return;
            }
            if bounds_end(open.tag, tag) || (inline && open.tag.is_block()) {
                return;
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_open(Tag::Head) && !text.trim().is_empty() {
            self.close_head();
        }
        self.push_text(|texts| decode_into(text, texts));
    }

    fn raw_text(&mut self, tag: Tag, text: &str) {
        match tag {
            Tag::Title | Tag::Textarea => self.push_text(|texts| decode_into(text, texts)),
            Tag::Script => self.push_text(|texts| texts.push_str(text)),
            _ => {}
        }
    }

    fn push_text(&mut self, write: impl FnOnce(&mut String)) {
        let start = self.dom.texts.len() as u32;
        write(&mut self.dom.texts);
        let end = self.dom.texts.len() as u32;
        let parent = self.current();
        let last = self.dom.nodes.last_mut().expect("the page itself is there");
        if last.tag == Tag::Text && last.parent == parent {
            last.data.end = end;
            return;
        }
        let next = NodeId::new(self.dom.nodes.len() + 1).index() as u32;
        self.dom.nodes.push(Node { tag: Tag::Text, parent, end: next, data: start..end });
    }

    fn push_node(&mut self, tag: Tag, attributes: &[RawAttribute]) -> NodeId {
        let start = self.dom.attributes.len() as u32;
        for &(name, value) in attributes {
            if let Some(attribute) = Attribute::from_name(name) {
                let value = &value[..value.floor_char_boundary(MAX_VALUE)];
                let from = self.dom.values.len() as u32;
                decode_into(value, &mut self.dom.values);
                self.dom.attributes.push((attribute, from..self.dom.values.len() as u32));
            }
        }
        let data = start..self.dom.attributes.len() as u32;
        let node = NodeId::new(self.dom.nodes.len());
        let end = NodeId::new(node.index() + 1).index() as u32;
        self.dom.nodes.push(Node { tag, parent: self.current(), end, data });
        node
    }

    fn current(&self) -> NodeId {
        self.open.last().expect("the page itself is never closed").node
    }

    /// Closes what may be left open before an element of this sort.
    fn close_implied(&mut self, tag: Tag) {
        use Tag::*;
        let closes: &[Tag] = match tag {
            Li => &[Li],
            Dt | Dd => &[Dt, Dd],
            TableRow => &[TableRow],
            TableCell => &[TableCell],
            TableRows => &[TableRows],
            Option => &[Option],
            A => &[A],
            tag if tag.is_heading() => &[H1, H2, H3, H4, H5, H6, P],
            tag if tag.is_block() => &[P],
            _ => return,
        };
        for (depth, open) in self.open.iter().enumerate().skip(1).rev() {
            if closes.contains(&open.tag) {
                self.close_to(depth);
                break;
            }
            if bounds_implied(open.tag, tag) {
                break;
            }
        }
        if matches!(tag, Li | Dt | Dd) {
            self.close_implied(Div);
        }
    }

    fn is_open(&self, tag: Tag) -> bool {
        self.open.iter().take(4).any(|open| open.tag == tag)
    }

    fn close_head(&mut self) {
        if let Some(depth) = self.open.iter().take(4).position(|open| open.tag == Tag::Head) {
            self.close_to(depth);
        }
    }

    /// Closes the open elements from this one on.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let open = self.open.pop().expect("only what is open is closed");
        self.dom.nodes[open.node.index()].end = self.dom.nodes.len() as u32;
    }

    fn finish(mut self) -> Dom {
        self.close_to(0);
        self.dom
    }
}

/// Whether an open element keeps the end tag of `closing` from reaching elements around it.
fn bounds_end(open: Tag, closing: Tag) -> bool {
    use Tag::*;
    match open {
        TableCell | Caption => !matches!(closing, Table | TableRow | TableRows),
        Table => closing != Table,
        Article | Main | Button | Template => closing == P,
        _ => false,
    }
}

/// Whether an open element keeps the start tag of `opening` from closing elements around it.
fn bounds_implied(open: Tag, opening: Tag) -> bool {
    use Tag::*;
    match opening {
        Li => open == List || open == TableCell,
        Dt | Dd => open == Dl || open == TableCell,
        TableRow | TableCell | TableRows => matches!(open, Table),
        Option => open == Select,
        A => open.is_block(),
        _ => {
            matches!(open, TableCell | Caption | Button | Template)
                || (open.is_block() && open != P && !open.is_heading())
        }
    }
}

/// FNV-1a of the name in lower case.
fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}
