//! Where names stand: beside their circle, where they touch neither another name nor another circle, and
//! no tie if that can be; the
//! heaviest actors choose first, and for whom there is no room has none. Only the very heaviest always have
//! theirs, over the circles of others if need be.

use crate::canvas::Anchor;
use crate::words::width;

/// The place of a name.
#[derive(Clone, Copy)]
pub(super) struct Label {
    pub(super) at: Point,
    pub(super) anchor: Anchor,
}

/// Above and below the line that a text stands on.
const ABOVE: f64 = 10.0;
const BELOW: f64 = 3.0;

/// So many always have a name, unless it would stand on another.
const N_ALWAYS: usize = 12;

/// A place.
pub(super) type Point = (f64, f64);

/// A part of the field: left, top, right, bottom.
type Field = (f64, f64, f64, f64);

/// The label of each name, if there is room for it.
pub(super) fn labels(
    names: &[String],
    places: &[Point],
    radii: &[f64],
    weights: &[u64],
    ties: &[(Point, Point)],
    (right, bottom): (f64, f64),
) -> Vec<Option<Label>> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&idx| (std::cmp::Reverse(weights[idx]), idx));
    let mut taken: Vec<Field> = Vec::new();
    let mut labels = vec![None; names.len()];
    for (rank, idx) in order.into_iter().enumerate() {
        let beside = beside(places[idx], radii[idx]).map(|label| {
            let field = field(&label, width(&names[idx]));
            (label, field)
        });
        let is_free = |(_, field): &&(Label, Field)| {
            let is_inside =
                field.0 >= 0.0 && field.1 >= 0.0 && field.2 <= right && field.3 <= bottom;
            is_inside && !taken.iter().any(|other| overlap(field, other))
        };
        let is_clear = |(_, field): &&(Label, Field)| {
            let mut others = (0..places.len()).filter(|&other| other != idx);
            !others.any(|other| touches(field, places[other], radii[other]))
        };
        let is_off_ties =
            |(_, field): &&(Label, Field)| !ties.iter().any(|&(from, to)| crosses(field, from, to));
        let free = || beside.iter().filter(is_free);
        let clear = || free().filter(is_clear);
        let best = clear().find(is_off_ties).or_else(|| clear().next());
        let found = best.or_else(|| free().next().filter(|_| rank < N_ALWAYS)).copied();
        if let Some((label, field)) = found {
            taken.push(field);
            labels[idx] = Some(label);
        }
    }
    labels
}

/// The places beside a circle, the best first.
fn beside((x, y): Point, radius: f64) -> [Label; 8] {
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

/// Whether a line goes through a field: clips it by one edge after the other (Liang and Barsky).
fn crosses(field: &Field, (x, y): Point, to: Point) -> bool {
    let (dx, dy) = (to.0 - x, to.1 - y);
    let (mut enters, mut leaves): (f64, f64) = (0.0, 1.0);
    for (step, room) in
        [(-dx, x - field.0), (dx, field.2 - x), (-dy, y - field.1), (dy, field.3 - y)]
    {
        match step {
            _ if step == 0.0 && room < 0.0 => return false,
            _ if step < 0.0 => enters = enters.max(room / step),
            _ if step > 0.0 => leaves = leaves.min(room / step),
            _ => {}
        }
    }
    enters < leaves
}

fn touches(field: &Field, (x, y): Point, radius: f64) -> bool {
    let (dx, dy) = (x - x.clamp(field.0, field.2), y - y.clamp(field.1, field.3));
    dx * dx + dy * dy < radius * radius
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_through_fields_or_do_not() {
        let field = (10.0, 10.0, 50.0, 24.0);
        let cases = [
            ((0.0, 17.0), (100.0, 17.0), true),
            ((20.0, 12.0), (30.0, 20.0), true),
            ((30.0, 0.0), (30.0, 100.0), true),
            ((0.0, 30.0), (100.0, 30.0), false),
            ((0.0, 17.0), (5.0, 17.0), false),
            ((0.0, 0.0), (8.0, 100.0), false),
        ];
        for (from, to, expected) in cases {
            assert_eq!(crosses(&field, from, to), expected, "{from:?} {to:?}");
            assert_eq!(crosses(&field, to, from), expected, "{to:?} {from:?}");
        }
    }

    #[test]
    fn names_stand_off_ties_where_they_can() {
        let places = [(100.0, 50.0), (300.0, 50.0)];
        let names = ["Ostra".to_owned(), "Belin".to_owned()];
        let set = |ties: &[_]| labels(&names, &places, &[8.0; 2], &[2, 1], ties, (400.0, 100.0));
        let anchors =
            |ties: &[_]| set(ties).iter().map(|label| label.unwrap().at.1).collect::<Vec<_>>();
        assert_eq!(anchors(&[]), [54.0, 54.0]);
        // To the left of the one, and to the right of the other, there is no tie.
        let set = set(&[(places[0], places[1])]);
        let xs: Vec<f64> = set.iter().map(|label| label.unwrap().at.0).collect();
        assert_eq!(xs, [88.0, 312.0]);
    }
}
