//! What the marks of a plot stand for.

use crate::canvas::{Anchor, Canvas};
use crate::plot::WIDTH;
use crate::words::width;

/// Between lines.
const LINE: f64 = 18.0;

/// A row of marks with their meaning, or several where they are many.
pub(crate) struct Legend {
    x: f64,
    y: f64,
}

impl Legend {
    /// One that begins below this height.
    pub(crate) fn below(y: f64) -> Legend {
        Legend { x: 0.0, y: y + LINE + 4.0 }
    }

    /// Adds a mark, which `draw` draws around a point, and its meaning.
    pub(crate) fn add(
        &mut self,
        canvas: &mut Canvas,
        words: &str,
        draw: impl FnOnce(&mut Canvas, (f64, f64)),
    ) {
        let end = self.x + 30.0 + width(words);
        if self.x > 0.0 && end > WIDTH {
            (self.x, self.y) = (0.0, self.y + LINE);
        }
        draw(canvas, (self.x + 12.0, self.y - 4.0));
        canvas.text("faint", (self.x + 30.0, self.y), Anchor::Start, words);
        self.x += 30.0 + width(words) + 16.0;
    }

    /// Where it ends.
    pub(crate) fn bottom(&self) -> f64 {
        self.y + 6.0
    }
}
