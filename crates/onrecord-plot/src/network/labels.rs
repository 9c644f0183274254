//! Where names stand: beside their circle, where they touch neither another name nor another circle; the
//! heaviest actors choose first, and for whom there is no room has none.

use crate::canvas::Anchor;
use crate::words::width;

/// The place of a name.
#[derive(Clone, Copy)]
pub(super) struct Label {
    pub(super) at: (f64, f64),
    pub(super) anchor: Anchor,
}

/// Above and below the line that a text stands on.
const ABOVE: f64 = 10.0;
const BELOW: f64 = 3.0;

/// A part of the field: left, top, right, bottom.
type Field = (f64, f64, f64, f64);

/// The label of each name, if there is room for it.
pub(super) fn labels(
    names: &[String],
    places: &[(f64, f64)],
    radii: &[f64],
    weights: &[u64],
    (right, bottom): (f64, f64),
) -> Vec<Option<Label>> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&idx| (std::cmp::Reverse(weights[idx]), idx));
    let mut taken: Vec<Field> = Vec::new();
    let mut labels = vec![None; names.len()];
    for idx in order {
        let is_free = |field: &Field| {
            let is_inside =
                field.0 >= 0.0 && field.1 >= 0.0 && field.2 <= right && field.3 <= bottom;
            let mut circles = (0..places.len()).filter(|&other| other != idx);
            is_inside
                && !taken.iter().any(|other| overlap(field, other))
                && !circles.any(|other| touches(field, places[other], radii[other]))
        };
        let found = beside(places[idx], radii[idx]).into_iter().find_map(|label| {
            let field = field(&label, width(&names[idx]));
            is_free(&field).then_some((label, field))
        });
        if let Some((label, field)) = found {
            taken.push(field);
            labels[idx] = Some(label);
        }
    }
    labels
}

/// The places beside a circle, the best first.
fn beside((x, y): (f64, f64), radius: f64) -> [Label; 8] {
    let slant = radius * 0.7 + 3.0;
    let (start, middle, end) = (Anchor::Start, Anchor::Middle, Anchor::End);
    [
        Label { at: (x + radius + 4.0, y + 4.0), anchor: start },
        Label { at: (x - radius - 4.0, y + 4.0), anchor: end },
        Label { at: (x, y + radius + 13.0), anchor: middle },
        Label { at: (x, y - radius - 5.0), anchor: middle },
        Label { at: (x + slant, y - slant), anchor: start },
        Label { at: (x + slant, y + slant + 8.0), anchor: start },
        Label { at: (x - slant, y - slant), anchor: end },
        Label { at: (x - slant, y + slant + 8.0), anchor: end },
    ]
}

fn field(label: &Label, width: f64) -> Field {
    let (x, y) = label.at;
    let left = match label.anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    (left, y - ABOVE, left + width, y + BELOW)
}

fn overlap(one: &Field, other: &Field) -> bool {
    one.0 < other.2 && other.0 < one.2 && one.1 < other.3 && other.1 < one.3
}

fn touches(field: &Field, (x, y): (f64, f64), radius: f64) -> bool {
    let (dx, dy) = (x - x.clamp(field.0, field.2), y - y.clamp(field.1, field.3));
    dx * dx + dy * dy < radius * radius
}
