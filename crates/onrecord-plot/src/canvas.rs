//! The elements of a drawing.

use std::fmt::{self, Display, Write};

use crate::words::escape;

/// A drawing under way. Classes and numbers come from this crate; text and links are escaped here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Canvas {
    out: String,
    has_links: bool,
}

/// On which side of its point a text stands.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Canvas {
    pub(crate) fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let (x1, y1, x2, y2) = (Number(x1), Number(y1), Number(x2), Number(y2));
        self.add(format_args!(
            "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"
        ));
    }

    pub(crate) fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let (x, y, radius) = (Number(x), Number(y), Number(radius));
        self.add(format_args!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"));
    }

    pub(crate) fn rectangle(&mut self, class: &str, (x, y): (f64, f64), width: f64, height: f64) {
        let (x, y, width, height) = (Number(x), Number(y), Number(width), Number(height));
        self.add(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
        ));
    }

    /// A line through points.
    pub(crate) fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        let mut d = String::new();
        for (idx, &(x, y)) in points.iter().enumerate() {
            let command = if idx == 0 { 'M' } else { 'L' };
            write!(d, "{command}{} {}", Number(x), Number(y)).expect(TAKES_ALL);
        }
        self.add(format_args!("<path class=\"{class}\" d=\"{d}\"/>"));
    }

    /// A line as thick as it weighs.
    pub(crate) fn tie(&mut self, class: &str, from: (f64, f64), to: (f64, f64), thickness: f64) {
        let (x1, y1, x2, y2) = (Number(from.0), Number(from.1), Number(to.0), Number(to.1));
        self.add(format_args!(
            "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke-width=\"{}\"/>",
            Number(thickness)
        ));
    }

    pub(crate) fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y) = (Number(x), Number(y));
        self.add(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{anchor}>{}</text>",
            escape(text)
        ));
    }

    /// What `draw` draws, with words that are shown over it, as a link if it leads anywhere.
    pub(crate) fn mark(
        &mut self,
        href: Option<String>,
        about: &str,
        draw: impl FnOnce(&mut Canvas),
    ) {
        self.link(href, "", about, draw);
    }

    /// The same, but not on the way of the Tab key, for what there is too much of.
    pub(crate) fn mark_passed_over(
        &mut self,
        href: Option<String>,
        about: &str,
        draw: impl FnOnce(&mut Canvas),
    ) {
        self.link(href, " tabindex=\"-1\"", about, draw);
    }

    fn link(
        &mut self,
        href: Option<String>,
        attributes: &str,
        about: &str,
        draw: impl FnOnce(&mut Canvas),
    ) {
        let href = href.filter(|href| is_web(href));
        match &href {
            Some(href) => self.add(format_args!("<a href=\"{}\"{attributes}>", escape(href))),
            None => self.add(format_args!("<g>")),
        }
        self.add(format_args!("<title>{}</title>", escape(about)));
        draw(self);
        self.add(format_args!("{}", if href.is_some() { "</a>" } else { "</g>" }));
        self.has_links |= href.is_some();
    }

    /// Whether anything in it is a link.
    pub(crate) fn has_links(&self) -> bool {
        self.has_links
    }

    /// The elements.
    pub(crate) fn as_str(&self) -> &str {
        &self.out
    }

    fn add(&mut self, element: fmt::Arguments<'_>) {
        self.out.write_fmt(element).expect(TAKES_ALL);
    }
}

const TAKES_ALL: &str = "a string takes everything";

/// Whether a link stays on the page's own site, or has the scheme http or https.
fn is_web(href: &str) -> bool {
    let start = href.split(['/', '?', '#']).next().unwrap_or_default();
    match start.split_once(':') {
        None => true,
        Some((scheme, _)) => {
            scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
        }
    }
}

/// A coordinate, to a tenth.
struct Number(f64);

impl Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round();
        if tenths % 10.0 == 0.0 {
            write!(f, "{}", (tenths / 10.0) as i64)
        } else {
            write!(f, "{:.1}", tenths / 10.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_only() {
        let cases = [
            ("/actor/12", true),
            ("?by=a:b", true),
            ("#s3", true),
            ("https://a.example/x", true),
            ("HTTP://a.example", true),
            ("javascript:alert(1)", false),
            (" java\tscript:alert(1)", false),
            ("data:text/html,x", false),
        ];
        for (href, expected) in cases {
            let mut canvas = Canvas::default();
            canvas.mark(Some(href.to_owned()), "x", |_| {});
            assert_eq!(canvas.has_links(), expected, "{href}");
            assert_eq!(canvas.as_str().contains("href"), expected, "{href}");
        }
    }

    #[test]
    fn numbers_are_short() {
        let cases = [(1.0, "1"), (-0.04, "0"), (2.25, "2.3"), (-1.5, "-1.5"), (f64::NAN, "NaN")];
        for (number, expected) in cases {
            assert_eq!(Number(number).to_string(), expected);
        }
    }
}
