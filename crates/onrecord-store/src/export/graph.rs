//! The network of actors as GraphML and GEXF 1.3.

use std::io::Write;

use super::relations::{Edge, Node, edges, nodes};
use crate::error::Result;
use crate::store::Store;

const GRAPHML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="name" for="node" attr.name="name" attr.type="string"/>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="country" for="node" attr.name="country" attr.type="string"/>
<key id="role" for="node" attr.name="role" attr.type="string"/>
<key id="type" for="edge" attr.name="type" attr.type="string"/>
<key id="status" for="edge" attr.name="status" attr.type="string"/>
<key id="start" for="edge" attr.name="start" attr.type="string"/>
<key id="end" for="edge" attr.name="end" attr.type="string"/>
<key id="stance" for="edge" attr.name="stance" attr.type="double"/>
<key id="reports" for="edge" attr.name="reports" attr.type="int"/>
<graph id="onrecord" edgedefault="directed">
"#;

pub(super) fn graphml(store: &Store, out: &mut dyn Write) -> Result<()> {
    write!(out, "{GRAPHML}")?;
    nodes(&store.db, |node| {
        let Node { id, name, kind, country, role, .. } = node;
        let data =
            [("name", Some(name)), ("kind", Some(kind)), ("country", country), ("role", role)];
        Ok(writeln!(out, "<node id=\"a{id}\">{}</node>", data_of(&data))?)
    })?;
    let mut number = 0;
    edges(&store.db, |edge| {
        number += 1;
        let Edge { from, to, kind, status, start, end, stance, n } = edge;
        let data = [
            ("type", Some(kind)),
            ("status", status),
            ("start", start),
            ("end", end),
            ("stance", stance.map(|stance| stance.to_string())),
            ("reports", Some(n.to_string())),
        ];
        let data = data_of(&data);
        let edge =
            format!("<edge id=\"e{number}\" source=\"a{from}\" target=\"a{to}\">{data}</edge>");
        Ok(writeln!(out, "{edge}")?)
    })?;
    Ok(writeln!(out, "</graph>\n</graphml>")?)
}

fn data_of(data: &[(&str, Option<String>)]) -> String {
    let known = data.iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
    known.map(|(key, value)| format!("<data key=\"{key}\">{}</data>", escaped(value))).collect()
}

const GEXF: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph defaultedgetype="directed" mode="dynamic" timeformat="date">
<attributes class="node"><attribute id="0" title="kind" type="string"/><attribute id="1" title="country" type="string"/><attribute id="2" title="role" type="string"/></attributes>
<attributes class="edge"><attribute id="0" title="status" type="string"/><attribute id="1" title="stance" type="double"/></attributes>
<nodes>
"#;

pub(super) fn gexf(store: &Store, out: &mut dyn Write) -> Result<()> {
    write!(out, "{GEXF}")?;
    nodes(&store.db, |node| {
        let values = [Some(node.kind), node.country, node.role];
        let name = escaped(&node.name);
        let (id, values) = (node.id, values_of(&values));
        Ok(writeln!(out, "<node id=\"{id}\" label=\"{name}\">{values}</node>")?)
    })?;
    writeln!(out, "</nodes>\n<edges>")?;
    let mut number = 0;
    edges(&store.db, |edge| {
        number += 1;
        let day = |name: &str, day: &Option<String>| {
            day.as_ref().map(|day| format!(" {name}=\"{}\"", escaped(day))).unwrap_or_default()
        };
        let days = day("start", &edge.start) + &day("end", &edge.end);
        let values = values_of(&[edge.status, edge.stance.map(|stance| stance.to_string())]);
        let (from, to, kind, n) = (edge.from, edge.to, escaped(&edge.kind), edge.n);
        let ends =
            format!("source=\"{from}\" target=\"{to}\" kind=\"{kind}\" weight=\"{n}\"{days}");
        Ok(writeln!(out, "<edge id=\"{number}\" {ends}>{values}</edge>")?)
    })?;
    Ok(writeln!(out, "</edges>\n</graph>\n</gexf>")?)
}

fn values_of(values: &[Option<String>]) -> String {
    let known = values.iter().enumerate().filter_map(|(idx, value)| Some((idx, value.as_ref()?)));
    let values: String = known
        .map(|(idx, value)| format!("<attvalue for=\"{idx}\" value=\"{}\"/>", escaped(value)))
        .collect();
    if values.is_empty() { values } else { format!("<attvalues>{values}</attvalues>") }
}

/// Text as XML takes it; what XML cannot hold is U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}
