//! What stands at one place of the axis is drawn as one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::axis::Axis;
use crate::part::{Links, Part};

/// What is drawn at one place.
pub(crate) struct Group<T> {
    pub(crate) x: f64,
    pub(crate) items: Vec<(Date, T)>,
}

/// Items by where they stand, in order of time.
pub(crate) fn columns<T>(
    axis: &Axis,
    column: f64,
    items: impl Iterator<Item = (Date, T)>,
) -> Vec<Group<T>> {
    let mut columns: BTreeMap<i64, Vec<(Date, T)>> = BTreeMap::new();
    for (day, item) in items {
        columns.entry((axis.middle(day) / column) as i64).or_default().push((day, item));
    }
    let group = |items: Vec<(Date, T)>| {
        let x = items.iter().map(|(day, _)| axis.middle(*day)).sum::<f64>() / items.len() as f64;
        Group { x, items }
    };
    columns.into_values().map(group).collect()
}

impl<T> Group<T> {
    /// The link of the one item, or of the days of several.
    pub(crate) fn href(
        &self,
        links: Links<'_>,
        part: impl for<'a> Fn(&'a (Date, T)) -> Part<'a>,
    ) -> Option<String> {
        if let [one] = self.items.as_slice() {
            return links(part(one));
        }
        let days = || self.items.iter().map(|(day, _)| *day);
        let (since, until) = (days().min()?.to_string(), days().max()?.to_string());
        links(Part::Days { since: &since, until: &until })
    }

    /// A line for each, three at most.
    pub(crate) fn about(&self, line: impl Fn(&(Date, T)) -> String) -> String {
        let mut lines: Vec<String> = self.items.iter().take(3).map(line).collect();
        if self.items.len() > 3 {
            lines.push(format!("and {} more", self.items.len() - 3));
        }
        lines.join("; ")
    }
}
