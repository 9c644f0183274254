//! A drawing with its title, for a page or as a file of its own.

use std::fmt::Write;

use crate::canvas::{Anchor, Canvas};
use crate::words::{SIZE, cut, escape, wrap};

/// What a page that holds plots adds to its style, once. Words take the font and colour of the page. A page
/// may set `--plot-cooperation`, `--plot-conflict` and `--plot-paper` (the colour behind) on `.plot`; on a
/// narrow screen a plot keeps a width that can be read, so what is around it should scroll.
pub const CSS: &str = include_str!("plot.css");

/// What a file of its own adds to that.
const ALONE: &str = include_str!("alone.css");

/// How wide every plot is, in its own units.
pub(crate) const WIDTH: f64 = 720.0;

/// Around a plot in a file of its own.
const MARGIN: f64 = 24.0;

/// An answer, drawn.
#[derive(Clone, Debug)]
pub struct Plot {
    title: String,
    description: String,
    height: f64,
    drawing: Canvas,
}

impl Plot {
    pub(crate) fn new(title: String, description: String, height: f64, drawing: Canvas) -> Plot {
        Plot { title, description, height, drawing }
    }

    /// A plot without anything to draw: says so.
    pub(crate) fn empty(title: String, why: &str) -> Plot {
        let mut drawing = Canvas::default();
        drawing.line("rule", (0.0, 0.5), (WIDTH, 0.5));
        drawing.text("faint", (WIDTH / 2.0, 34.0), Anchor::Middle, why);
        drawing.line("rule", (0.0, 59.5), (WIDTH, 59.5));
        Plot::new(title, why.to_owned(), 60.0, drawing)
    }

    /// What it shows, for a heading.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What can be seen in it, in words.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The SVG for a page that has [`CSS`]. It has no style, script or id of its own, and no visible title:
    /// that is the page's. Assistive technology is told title and description; it is `role="img"`, or a
    /// group where it has links, which nothing may hide.
    pub fn to_svg(&self) -> String {
        self.element("", 0.0, 0.0)
    }

    /// The SVG as a file of its own, with its style, title and description, light or dark as the reader has it.
    pub fn alone(&self) -> String {
        let mut head = Canvas::default();
        // A headline is half as large again as other words.
        let mut y = MARGIN + 16.0;
        head.text("headline", (0.0, y), Anchor::Start, &cut(&self.title, WIDTH * SIZE / 18.0));
        y += 4.0;
        for line in wrap(&self.description, WIDTH) {
            y += 16.0;
            head.text("faint", (0.0, y), Anchor::Start, &line);
        }
        y += 20.0;
        let style = format!("<style>{CSS}{ALONE}</style>");
        let head = style + head.as_str();
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", self.element(&head, y, MARGIN))
    }

    fn element(&self, head: &str, top: f64, margin: f64) -> String {
        let role = if self.drawing.has_links() { "group" } else { "img" };
        let (width, height) = (WIDTH + 2.0 * margin, top + self.height + margin);
        let mut out = String::new();
        write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"{role}\" \
             viewBox=\"{} 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\
             <title>{}</title><desc>{}</desc>{head}",
            -margin,
            escape(&self.title),
            escape(&self.description)
        )
        .expect("a string takes everything");
        match top > 0.0 {
            true => {
                write!(out, "<g transform=\"translate(0 {top})\">{}</g>", self.drawing.as_str())
                    .expect("a string takes everything");
            }
            false => out += self.drawing.as_str(),
        }
        out + "</svg>"
    }
}
