//! The figures and the counts behind them.

use std::collections::BTreeSet;
use std::fmt;

/// A figure of `score_record.py`. Matching and pairing are one to one, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Spans of mentions, whatever their form and actor.
    Mention,
    /// B-cubed over the mentions of single actors.
    Actor,
    /// Titles as printed, with their actor.
    Role,
    /// Kinds of paired actors.
    Kind,
    /// Countries of paired actors.
    Country,
    /// Sectors of paired actors, all of them.
    Sector,
    /// Statements whose contents' words overlap by half.
    Content,
    /// Speakers of matched statements.
    Speaker,
    /// Forms of matched statements.
    Form,
    /// Which statement reports the matched one.
    Within,
    /// Content and speaker.
    Said,
    /// Favourable and critical stances in matched statements.
    Stance,
    /// Events whose triggers share a word.
    Trigger,
    /// Statuses of events of the right type.
    Status,
    /// The statements that events of the right type rest on.
    Word,
    /// Dates of events of the right type, where gold has one.
    Date,
    /// Trigger and type.
    Event,
    /// Actors and recipients of events.
    Who,
    /// Type, actors, recipients and status.
    Whole,
    /// Actor, type and recipient, triggers ignored.
    Dyad,
}

impl Figure {
    /// All, in the order in which the script comes to count them.
    pub const ALL: [Figure; 20] = {
        use Figure::*;
        [
            Mention, Actor, Role, Kind, Country, Sector, Content, Speaker, Form, Within, Said,
            Stance, Trigger, Status, Word, Date, Event, Who, Whole, Dyad,
        ]
    };

    /// As the script prints it.
    pub fn name(self) -> &'static str {
        match self {
            Figure::Mention => "mention",
            Figure::Actor => "actor",
            Figure::Role => "role",
            Figure::Kind => "kind",
            Figure::Country => "country",
            Figure::Sector => "sector",
            Figure::Content => "content",
            Figure::Speaker => "speaker",
            Figure::Form => "form",
            Figure::Within => "within",
            Figure::Said => "said",
            Figure::Stance => "stance",
            Figure::Trigger => "trigger",
            Figure::Status => "status",
            Figure::Word => "word",
            Figure::Date => "date",
            Figure::Event => "event",
            Figure::Who => "who",
            Figure::Whole => "whole",
            Figure::Dyad => "dyad",
        }
    }

    /// Whether it is a share of right answers, without precision and recall.
    pub fn is_accuracy(self) -> bool {
        use Figure::*;
        matches!(self, Kind | Country | Sector | Speaker | Form | Within | Status | Word | Date)
    }
}

/// The counts behind one figure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Predicted and right; [`Figure::Actor`] counts parts.
    pub right: f64,
    /// Predicted; of an accuracy, asked.
    pub predicted: usize,
    /// In the gold; of an accuracy, asked.
    pub gold: usize,
}

impl Counts {
    /// Share of the predicted that is right, in four decimals; 0 if nothing was predicted.
    pub fn precision(self) -> f64 {
        if self.predicted == 0 { 0.0 } else { four_decimals(self.right / self.predicted as f64) }
    }

    /// Share of the gold that was found, in four decimals; 0 if there is no gold.
    pub fn recall(self) -> f64 {
        if self.gold == 0 { 0.0 } else { four_decimals(self.right / self.gold as f64) }
    }

    /// Harmonic mean of the two, in four decimals; 1 where there is nothing to find or be found.
    /// Of an accuracy, the accuracy.
    pub fn f1(self) -> f64 {
        let both = self.predicted + self.gold;
        if both == 0 { 1.0 } else { four_decimals(2.0 * self.right / both as f64) }
    }
}

/// The counts of all figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures([Counts; Figure::ALL.len()]);

impl Figures {
    /// The counts of a figure.
    pub fn get(&self, figure: Figure) -> Counts {
        self.0[figure as usize]
    }

    /// The figures that have a value, with their counts, in the order of [`Figure::ALL`]: an
    /// accuracy that nothing was asked for has none.
    pub fn iter(&self) -> impl Iterator<Item = (Figure, Counts)> + '_ {
        let all = Figure::ALL.into_iter().map(|figure| (figure, self.get(figure)));
        all.filter(|(figure, counts)| !figure.is_accuracy() || counts.predicted > 0)
    }

    pub(super) fn add(&mut self, figure: Figure, right: usize, predicted: usize, gold: usize) {
        self.add_part(figure, right as f64, predicted, gold);
    }

    pub(super) fn add_part(&mut self, figure: Figure, right: f64, predicted: usize, gold: usize) {
        let counts = &mut self.0[figure as usize];
        counts.right += right;
        counts.predicted += predicted;
        counts.gold += gold;
    }

    pub(super) fn judge(&mut self, accuracy: Figure, is_right: bool) {
        self.add(accuracy, usize::from(is_right), 1, 1);
    }

    pub(super) fn sets<T: Ord>(
        &mut self,
        figure: Figure,
        gold: &BTreeSet<T>,
        predicted: &BTreeSet<T>,
    ) {
        self.add(figure, gold.intersection(predicted).count(), predicted.len(), gold.len());
    }

    pub(super) fn add_all(&mut self, other: &Figures) {
        for figure in Figure::ALL {
            let counts = other.get(figure);
            self.add_part(figure, counts.right, counts.predicted, counts.gold);
        }
    }

    /// The columns of [`csv_fields`](Self::csv_fields), each with a comma before it.
    pub(super) fn csv_columns() -> String {
        let columns = Figure::ALL.map(|figure| match (figure.name(), figure.is_accuracy()) {
            (name, true) => format!(",{name}.right,{name}.asked"),
            (name, false) => format!(",{name}.tp,{name}.predicted,{name}.gold"),
        });
        columns.concat()
    }

    pub(super) fn csv_fields(&self) -> String {
        let fields = Figure::ALL.map(|figure| {
            let Counts { right, predicted, gold } = self.get(figure);
            match figure {
                Figure::Actor => format!(",{right:.4},{predicted},{gold}"),
                _ if figure.is_accuracy() => format!(",{right},{predicted}"),
                _ => format!(",{right},{predicted},{gold}"),
            }
        });
        fields.concat()
    }

    /// The members of the JSON that the script's last line has, each with a comma before it.
    pub(super) fn json_members(&self) -> String {
        let members = self.iter().map(|(figure, counts)| {
            let (name, f1) = (figure.name(), counts.f1());
            if figure.is_accuracy() {
                return format!(", \"{name}\": {{\"accuracy\": {f1:?}, \"n\": {}}}", counts.gold);
            }
            let (p, r) = (counts.precision(), counts.recall());
            format!(", \"{name}\": {{\"p\": {p:?}, \"r\": {r:?}, \"f1\": {f1:?}}}")
        });
        members.collect()
    }
}

/// The table that the script prints, a figure a line.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (figure, counts) in self.iter() {
            let (name, f1) = (figure.name(), counts.f1());
            if figure.is_accuracy() {
                writeln!(f, "{name:10} accuracy {f1:.3}  n {}", counts.gold)?;
            } else {
                let (p, r) = (counts.precision(), counts.recall());
                writeln!(f, "{name:10} p {p:.3}  r {r:.3}  f1 {f1:.3}")?;
            }
        }
        Ok(())
    }
}

/// Rounds as Python's `round(value, 4)` does: on the exact decimals of the value.
fn four_decimals(value: f64) -> f64 {
    format!("{value:.4}").parse().expect("a printed number is a number")
}
