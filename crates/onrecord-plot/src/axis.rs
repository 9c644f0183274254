//! The axis of time: from days to places, with labels that do not touch.

use jiff::civil::Date;

use crate::canvas::{Anchor, Canvas};
use crate::day::{days, month, next_month, plus};
use crate::words::width;

/// The least number of days that an axis shows, so that a single day stands in its month.
const SHORTEST: f64 = 28.0;

/// Between two labels.
const GAP: f64 = 10.0;

/// Between two marks: more of them than a reader needs make an axis grey.
const PITCH: f64 = 44.0;

/// Days, from left to right.
pub(crate) struct Axis {
    first: Date,
    /// The day after the last.
    end: Date,
    left: f64,
    right: f64,
    /// Whether months are what is shown: their marks stand in their middles, and nothing shorter has one.
    is_of_months: bool,
}

/// How far marks are from each other.
#[derive(Clone, Copy)]
enum Step {
    /// The 1st, 8th, 15th and 22nd of each month.
    Week,
    Months(i8),
    Years(i16),
}

const STEPS: [Step; 15] = [
    Step::Week,
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(500),
    Step::Years(1000),
    Step::Years(2500),
    Step::Years(5000),
];

/// A mark on the axis: a label, and below it, where a new one begins, the month or year it is in.
struct Mark {
    x: f64,
    label: String,
    below: Option<String>,
}

impl Axis {
    /// From the first of the days through the last, between two places.
    pub(crate) fn over(
        days_shown: impl IntoIterator<Item = Date>,
        (left, right): (f64, f64),
    ) -> Option<Axis> {
        let mut shown = days_shown.into_iter();
        let some = shown.next()?;
        let (first, last) =
            shown.fold((some, some), |(first, last), day| (first.min(day), last.max(day)));
        let mut axis = Axis { first, end: plus(last, 1), left, right, is_of_months: false };
        if days(axis.first, axis.end) < SHORTEST {
            axis.first = first.first_of_month();
            axis.end = next_month(last);
        }
        Some(axis)
    }

    /// Whole months.
    pub(crate) fn over_months(
        days_shown: impl IntoIterator<Item = Date>,
        span: (f64, f64),
    ) -> Option<Axis> {
        let axis = Axis::over(days_shown, span)?;
        let last = plus(axis.end, -1);
        let (first, end) = (axis.first.first_of_month(), next_month(last));
        Some(Axis { first, end, is_of_months: true, ..axis })
    }

    /// The place of the beginning of a day.
    pub(crate) fn x(&self, day: Date) -> f64 {
        let share = days(self.first, day) / days(self.first, self.end);
        self.left + share * (self.right - self.left)
    }

    /// The place of the middle of a day.
    pub(crate) fn middle(&self, day: Date) -> f64 {
        self.x(day) + (self.right - self.left) / days(self.first, self.end) / 2.0
    }

    /// Draws a line at this height with its marks and their labels, [`Axis::HEIGHT`] high.
    pub(crate) fn draw(&self, canvas: &mut Canvas, y: f64) {
        canvas.line("axis", (self.left, y), (self.right, y));
        for mark in self.marks() {
            canvas.line("axis", (mark.x, y), (mark.x, y + 4.0));
            canvas.text("faint", (mark.x, y + 17.0), Anchor::Middle, &mark.label);
            if let Some(below) = mark.below {
                canvas.text("faint", (mark.x, y + 32.0), Anchor::Middle, &below);
            }
        }
    }

    /// What [`Axis::draw`] takes.
    pub(crate) const HEIGHT: f64 = 36.0;

    /// The marks of the smallest step at which no two labels touch.
    fn marks(&self) -> Vec<Mark> {
        let n_days = days(self.first, self.end);
        for step in STEPS {
            let is_too_short = self.is_of_months && matches!(step, Step::Week);
            if is_too_short || n_days / step.days() * PITCH > self.right - self.left {
                continue;
            }
            let mut marks = self.marks_at(step);
            let labels = marks.iter().map(|mark| (mark.x, mark.label.as_str()));
            if touching(labels).is_none() {
                while let Some(x) = touching(below(&marks)) {
                    // The earlier one is of a month or year that hardly shows.
                    for mark in &mut marks {
                        if mark.x == x {
                            mark.below = None;
                        }
                    }
                }
                return marks;
            }
        }
        Vec::new()
    }

    fn marks_at(&self, step: Step) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut day = step.first(self.first);
        let mut shown = None;
        while day < self.end {
            if day >= self.first {
                let x = match step {
                    Step::Months(_) if self.is_of_months => {
                        (self.x(day) + self.x(next_month(day))) / 2.0
                    }
                    _ => self.x(day),
                };
                let (label, within) = step.label(day);
                let below = within.filter(|within| shown.as_ref() != Some(within));
                if below.is_some() {
                    shown.clone_from(&below);
                }
                marks.push(Mark { x, label, below });
            }
            let next = step.next(day);
            if next <= day {
                break;
            }
            day = next;
        }
        marks
    }
}

fn below(marks: &[Mark]) -> impl Iterator<Item = (f64, &str)> {
    marks.iter().filter_map(|mark| Some((mark.x, mark.below.as_deref()?)))
}

/// The first of the places whose label touches the next.
fn touching<'a>(labels: impl Iterator<Item = (f64, &'a str)>) -> Option<f64> {
    let mut last: Option<(f64, f64)> = None;
    for (x, label) in labels {
        let half = width(label) / 2.0;
        match last {
            Some((at, end)) if x - half < end + GAP => return Some(at),
            _ => last = Some((x, x + half)),
        }
    }
    None
}

impl Step {
    /// About how many days it has.
    fn days(self) -> f64 {
        match self {
            Step::Week => 7.0,
            Step::Months(n) => f64::from(n) * 30.0,
            Step::Years(n) => f64::from(n) * 365.0,
        }
    }

    /// The last of its days that is no later.
    fn first(self, day: Date) -> Date {
        match self {
            Step::Week => day.first_of_month(),
            Step::Months(_) => day.first_of_year(),
            Step::Years(n) => {
                let year = day.year() - day.year().rem_euclid(n);
                Date::new(year, 1, 1).expect("a year before one that there is")
            }
        }
    }

    fn next(self, day: Date) -> Date {
        match self {
            Step::Week if day.day() >= 22 => next_month(day),
            Step::Week => plus(day, 7),
            Step::Months(n) => (0..n).fold(day, |day, _| next_month(day)),
            Step::Years(n) => Date::new(day.year() + n, 1, 1).unwrap_or(day),
        }
    }

    /// The label of a day, and what it is within.
    fn label(self, day: Date) -> (String, Option<String>) {
        match self {
            Step::Week => (day.day().to_string(), Some(format!("{} {}", month(day), day.year()))),
            Step::Months(_) => (month(day)[..3].to_owned(), Some(day.year().to_string())),
            Step::Years(_) => (day.year().to_string(), None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::day;

    #[test]
    fn labels_never_touch_at_any_length() {
        let first = day("2016-05-17").unwrap();
        for n_days in (0..400).chain((400..4000).step_by(7)).chain((4000..2_900_000).step_by(9973))
        {
            let days_shown = [first, plus(first, n_days)];
            for (span, make) in [
                ((160.0, 700.0), Axis::over as fn([Date; 2], (f64, f64)) -> Option<Axis>),
                ((90.0, 400.0), Axis::over),
                ((96.0, 684.0), Axis::over_months),
            ] {
                let axis = make(days_shown, span).unwrap();
                let marks = axis.marks();
                assert!(!marks.is_empty(), "{n_days} days without a mark");
                let labels = marks.iter().map(|mark| (mark.x, mark.label.as_str()));
                assert_eq!(touching(labels), None, "{n_days} days");
                assert_eq!(touching(below(&marks)), None, "{n_days} days");
            }
        }
    }

    #[test]
    fn marks_stand_where_something_begins() {
        let cases = [
            ("2026-01-20", "2026-01-20", "1 8 15 22 / January 2026"),
            ("2025-11-03", "2026-02-10", "Dec Jan Feb / 2025 2026"),
            ("2016-01-01", "2025-12-31", "2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 / "),
            ("1950-01-01", "2025-12-31", "1950 1960 1970 1980 1990 2000 2010 2020 / "),
        ];
        let mut wrong = Vec::new();
        for (first, last, expected) in cases {
            let axis = Axis::over([day(first).unwrap(), day(last).unwrap()], (160.0, 700.0));
            let marks = axis.unwrap().marks();
            let labels: Vec<&str> = marks.iter().map(|mark| mark.label.as_str()).collect();
            let below: Vec<&str> = below(&marks).map(|(_, below)| below).collect();
            let found = format!("{} / {}", labels.join(" "), below.join(" "));
            if found != expected {
                wrong.push(format!("{first}–{last}: {found}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
