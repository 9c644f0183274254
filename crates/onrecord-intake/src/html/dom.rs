//! The tree of a page.
//!
//! Nodes are kept in document order, each with the end of its subtree, so that a subtree is a
//! range of indices: nothing that walks the tree recurses, and dropping it frees three vectors.

use std::ops::Range;

use crate::html::tag::Tag;

/// A node: an index into the page, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(u32);

impl NodeId {
    /// The page itself.
    pub(crate) const ROOT: NodeId = NodeId(0);

    pub(crate) fn new(index: usize) -> NodeId {
        NodeId(u32::try_from(index).expect("pages are cut long before they have 2^32 nodes"))
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Attributes that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attribute {
    AriaHidden,
    AriaLabel,
    Class,
    Content,
    Data,
    Datetime,
    Hidden,
    Href,
    HttpEquiv,
    Id,
    Itemprop,
    Itemtype,
    Lang,
    Name,
    Property,
    Rel,
    Role,
    Style,
    Title,
    Type,
}

impl Attribute {
    /// The attribute with this name in any case, if it is one that is kept.
    pub(crate) fn from_name(name: &str) -> Option<Attribute> {
        const NAMES: [(&str, Attribute); 23] = [
            ("class", Attribute::Class),
            ("id", Attribute::Id),
            ("href", Attribute::Href),
            ("style", Attribute::Style),
            ("name", Attribute::Name),
            ("content", Attribute::Content),
            ("property", Attribute::Property),
            ("itemprop", Attribute::Itemprop),
            ("itemtype", Attribute::Itemtype),
            ("rel", Attribute::Rel),
            ("role", Attribute::Role),
            ("type", Attribute::Type),
            ("title", Attribute::Title),
            ("datetime", Attribute::Datetime),
            ("lang", Attribute::Lang),
            ("xml:lang", Attribute::Lang),
            ("hidden", Attribute::Hidden),
            ("aria-hidden", Attribute::AriaHidden),
            ("aria-label", Attribute::AriaLabel),
            ("http-equiv", Attribute::HttpEquiv),
            ("data-component", Attribute::Data),
            ("data-testid", Attribute::Data),
            ("data-type", Attribute::Data),
        ];
        let kept = NAMES.iter().find(|(kept, _)| kept.eq_ignore_ascii_case(name));
        kept.map(|&(_, attribute)| attribute)
    }
}

#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) tag: Tag,
    pub(crate) parent: NodeId,
    /// One past the last node inside.
    pub(crate) end: u32,
    /// Into the texts for [`Tag::Text`], else into the attributes.
    pub(crate) data: Range<u32>,
}

/// A parsed page.
#[derive(Debug)]
pub(crate) struct Dom {
    pub(crate) nodes: Vec<Node>,
    pub(crate) attributes: Vec<(Attribute, Range<u32>)>,
    /// All characters outside tags, in document order.
    pub(crate) texts: String,
    /// The values of all attributes.
    pub(crate) values: String,
}

impl Dom {
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn tag(&self, node: NodeId) -> Tag {
        self.nodes[node.index()].tag
    }

    pub(crate) fn parent(&self, node: NodeId) -> NodeId {
        self.nodes[node.index()].parent
    }

    /// One past the last node inside.
    pub(crate) fn end(&self, node: NodeId) -> NodeId {
        NodeId(self.nodes[node.index()].end)
    }

    /// The characters of a text; empty for elements.
    pub(crate) fn text(&self, node: NodeId) -> &str {
        let node = &self.nodes[node.index()];
        match node.tag {
            Tag::Text => &self.texts[node.data.start as usize..node.data.end as usize],
            _ => "",
        }
    }

    /// The node and all inside, in document order.
    pub(crate) fn subtree(&self, node: NodeId) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (node.0..self.nodes[node.index()].end).map(NodeId)
    }

    /// All nodes in document order.
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        self.subtree(NodeId::ROOT)
    }

    /// The nodes right inside.
    pub(crate) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.end(node);
        let mut next = NodeId(node.0 + 1);
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = next;
                next = self.end(child);
                child
            })
        })
    }

    /// The nodes around, innermost first, without the page itself.
    pub(crate) fn ancestors(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(node), |&node| Some(self.parent(node)))
            .skip(1)
            .take_while(|&node| node != NodeId::ROOT)
    }

    /// The value of an attribute, with references decoded.
    pub(crate) fn attribute(&self, node: NodeId, attribute: Attribute) -> Option<&str> {
        let node = &self.nodes[node.index()];
        if node.tag == Tag::Text {
            return None;
        }
        let attributes = &self.attributes[node.data.start as usize..node.data.end as usize];
        let (_, value) = attributes.iter().find(|(name, _)| *name == attribute)?;
        Some(&self.values[value.start as usize..value.end as usize])
    }

    /// All characters inside, white space collapsed.
    pub(crate) fn text_inside(&self, node: NodeId) -> String {
        let mut out = String::new();
        for inner in self.subtree(node) {
            let tag = self.tag(inner);
            if tag.is_block() || tag == Tag::Br {
                out.push(' ');
            }
            let raw = matches!(self.tag(self.parent(inner)), Tag::Script | Tag::Style);
            if tag == Tag::Text && (!raw || inner == node) {
                out += self.text(inner);
            }
        }
        crate::html::text::line(&out)
    }
}
