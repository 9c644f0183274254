//! What a reader of a plot sees: its words and where they stand.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A text and the field that it takes.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) text: String,
    left: f64,
    right: f64,
    y: f64,
}

/// All that is in a plot.
#[derive(Default, Debug)]
pub(crate) struct Seen {
    pub(crate) words: Vec<Words>,
    pub(crate) elements: Vec<String>,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Seen {
    /// Reads a plot, which has to be well-formed.
    pub(crate) fn new(svg: &str) -> Seen {
        let mut reader = Reader::from_str(svg);
        let mut seen = Seen::default();
        let mut text: Option<Words> = None;
        let mut depth = 0;
        let mut down = 0.0;
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{error}: {svg}")) {
                Event::Start(start) => {
                    depth += 1;
                    seen.element(&start);
                    // All that follows in a file of its own is moved down, below its headline.
                    if let Some(moved) = start.try_get_attribute("transform").unwrap() {
                        let by = moved.value.strip_prefix("translate(0 ").unwrap();
                        down = by.strip_suffix(')').unwrap().parse().unwrap();
                    }
                    text = (start.name().as_ref() == "text").then(|| words(&start, down));
                }
                Event::Empty(start) => seen.element(&start),
                Event::Text(part) => {
                    if let Some(words) = &mut text {
                        words.text += &*part;
                    }
                }
                Event::GeneralRef(_) => {
                    if let Some(words) = &mut text {
                        words.text.push('&');
                    }
                }
                Event::End(_) => {
                    depth -= 1;
                    seen.words.extend(text.take().map(Words::measured));
                }
                Event::Eof => break,
                Event::Decl(_) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(depth, 0, "{svg}");
        seen
    }

    fn element(&mut self, start: &BytesStart<'_>) {
        self.elements.push(start.name().as_ref().to_owned());
        for attribute in start.attributes() {
            let attribute = attribute.unwrap();
            let key = attribute.key.as_ref().to_owned();
            let value = attribute.value.clone().into_owned();
            self.attributes.push((key, value));
        }
    }

    /// Pairs of texts that stand on each other.
    pub(crate) fn touching(&self) -> Vec<(&str, &str)> {
        let mut pairs = Vec::new();
        for (idx, one) in self.words.iter().enumerate() {
            for other in &self.words[..idx] {
                let is_beside = one.right <= other.left || other.right <= one.left;
                if !is_beside && (one.y - other.y).abs() < 12.0 {
                    pairs.push((one.text.as_str(), other.text.as_str()));
                }
            }
        }
        pairs
    }

    /// Texts that stick out of a plot of this width.
    pub(crate) fn sticking_out(&self, width: f64) -> Vec<&str> {
        let out = self.words.iter().filter(|words| words.left < -1.0 || words.right > width + 1.0);
        out.map(|words| words.text.as_str()).collect()
    }

    /// The texts that can be seen.
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.words.iter().map(|words| words.text.as_str()).collect()
    }
}

fn words(start: &BytesStart<'_>, down: f64) -> Words {
    let number = |name: &str| -> f64 {
        let value = start.try_get_attribute(name).unwrap().unwrap().value;
        value.parse().unwrap()
    };
    let anchor =
        start.try_get_attribute("text-anchor").unwrap().map(|anchor| anchor.value.into_owned());
    let before = match anchor.as_deref() {
        None => 0.0,
        Some("middle") => 0.5,
        Some(_) => 1.0,
    };
    // Until its width is known, `right` holds the share of it that stands before its point.
    Words { text: String::new(), left: number("x"), right: before, y: down + number("y") }
}

impl Words {
    /// Measured as Arial sets it, independently of what the crate supposes.
    fn measured(self) -> Words {
        let em = |c: char| match c {
            'i' | 'j' | 'l' => 0.222,
            'f' | 't' | ' ' | 'I' => 0.278,
            'm' => 0.833,
            'w' | 'A'..='Z' => 0.722,
            _ if c > '\u{2fff}' => 1.0,
            _ => 0.556,
        };
        let width = self.text.chars().map(em).sum::<f64>() * 12.0;
        let left = self.left - self.right * width;
        Words { left, right: left + width, ..self }
    }
}
