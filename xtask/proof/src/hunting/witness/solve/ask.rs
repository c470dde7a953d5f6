//! Demands put to the cells that values come from.

use std::rc::Rc;

use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind};

use super::super::demand::{Demand, Test};
use super::super::draft::{TIMES, exactly};
use super::super::source::{Columns, Source};
use super::super::step::Step;
use super::super::values::Known;
use super::Solver;
use super::condition::Way;
use super::trail::Trail;

/// Functions of one operand whose value tests as the operand does.
const TRANSPARENT: [&str; 14] = [
    "replace_string",
    "replace_regex",
    "tolower",
    "toupper",
    "trim",
    "url_decode",
    "tostring",
    "toint",
    "tolong",
    "todouble",
    "toreal",
    "tobool",
    "todynamic",
    "parse_json",
];

impl Solver {
    /// Asks that a test holds of a value, or does not.
    pub(super) fn ask(&mut self, source: &Source, test: &Test, wanted: bool) {
        if let Source::Computed { value, columns } = source
            && self
                .deeper(|solver| solver.ask_worked_out(value, columns, test, wanted))
                .is_some()
        {
            return;
        }
        if let Source::Aggregated { call, columns } = source
            && let Some(inner) = call
                .arguments
                .iter()
                .find_map(|argument| self.source(argument, columns))
        {
            return self.ask(&inner, test, wanted);
        }
        if let Some(trail) = self.trail(source) {
            self.put(&trail, test, wanted, false);
        }
    }

    /// Asks that a value is a text.
    pub(super) fn assign(&mut self, source: &Source, text: &str) {
        self.ask(source, &Test::Is(text.to_owned()), true);
    }

    /// Asks that a value is there at all.
    pub(super) fn fill(&mut self, source: &Source) {
        self.ask(source, &Test::Filled, true);
    }

    pub(super) fn put(&mut self, trail: &Trail, test: &Test, wanted: bool, soft: bool) {
        // What is invented is not empty, so nothing is asked of a whole cell that must only be there.
        if *test == Test::Filled && wanted && trail.path.is_empty() && trail.steps.is_empty() {
            return;
        }
        let demand = Demand {
            steps: trail.steps.clone(),
            test: test.clone(),
            wanted,
            soft,
        };
        if let Some((Step::OfPlace(part), rest)) = demand.steps.split_first() {
            let part = part.clone();
            let steps = rest.to_vec();
            return self.put_place(trail, &part, &Demand { steps, ..demand });
        }
        if let Some(row) = self.rows.get_mut(trail.row) {
            row.cell(&trail.column).ask(&trail.path, demand);
        }
    }

    /// What is asked of the place of an address is written into the database of places, for an address that no other row has.
    fn put_place(&mut self, trail: &Trail, part: &str, demand: &Demand) {
        let Some(text) = demand.samples().into_iter().next().filter(|_| !demand.soft) else {
            return;
        };
        let fresh = self.fresh("IP");
        let Some(row) = self.rows.get_mut(trail.row) else {
            return;
        };
        let cell = row.cell(&trail.column);
        let address = cell.text_at(&trail.path).unwrap_or(fresh);
        cell.ask(&trail.path, exactly(&address));
        self.places.push((address, part.to_owned(), text));
    }

    /// Values that are worked out in a way that is no step of a text: branches, joined texts, truth values. Some where it was one.
    fn ask_worked_out(&mut self, value: &Expression, columns: &Columns, test: &Test, wanted: bool) -> Option<()> {
        let call = match &value.kind {
            ExpressionKind::Parenthesized(inner) => return self.ask_worked_out(inner, columns, test, wanted),
            ExpressionKind::Call(call) => call,
            ExpressionKind::Comparison(_)
            | ExpressionKind::Logical(_)
            | ExpressionKind::Membership(_)
            | ExpressionKind::Between(_) => {
                let truth = truth(test)?;
                self.require(value, truth == wanted, columns);
                return Some(());
            }
            _ => return None,
        };
        let name = call.name.text.as_str();
        match name {
            "iff" | "iif" | "case" => self.choose(call, columns, test, wanted),
            "strcat" => self.ask_joined(call, columns, test, wanted),
            "coalesce" => {
                let source = self.source(call.arguments.first()?, columns)?;
                self.ask(&source, test, wanted);
                Some(())
            }
            _ if TRANSPARENT.contains(&name) => {
                let mut arguments = call.arguments.iter();
                let inner = arguments.find_map(|argument| self.source(argument, columns))?;
                let Source::Computed { value, columns } = inner else {
                    return None;
                };
                self.deeper(|solver| solver.ask_worked_out(&value, &columns, test, wanted))
            }
            _ if is_truth(name) => {
                self.require(value, truth(test)? == wanted, columns);
                Some(())
            }
            _ => {
                let (body, columns) = self.inlined(call, columns)?;
                let source = self.source(&body, &columns)?;
                self.ask(&source, test, wanted);
                Some(())
            }
        }
    }

    /// Several texts one behind the other: the last one gets what is asked, those before it are empty.
    fn ask_joined(&mut self, call: &Call, columns: &Columns, test: &Test, wanted: bool) -> Option<()> {
        let mut sources: Vec<Source> = Vec::new();
        for argument in &call.arguments {
            if self.constant(argument, columns).is_none() {
                sources.extend(self.source(argument, columns));
            }
        }
        if !wanted || sources.len() < 2 {
            return None;
        }
        sources.pop();
        if matches!(test, Test::Is(_) | Test::OneOf(_)) {
            sources.iter().for_each(|source| self.assign(source, ""));
        }
        let whole = Source::Computed {
            value: Rc::new(Expression {
                kind: ExpressionKind::Call(call.clone()),
                span: call.name.span,
            }),
            columns: Rc::new(columns.clone()),
        };
        let trail = self.trail(&whole)?;
        self.put(&trail, test, wanted, false);
        Some(())
    }

    /// A branch that is as asked is taken; one that gives what is worked out is asked in its turn.
    fn choose(&mut self, call: &Call, columns: &Columns, test: &Test, wanted: bool) -> Option<()> {
        let mut branches: Vec<(Option<&Expression>, &Expression)> = Vec::new();
        let mut arguments = call.arguments.as_slice();
        loop {
            match arguments {
                [condition, value, rest @ ..] => {
                    branches.push((Some(condition), value));
                    arguments = rest;
                }
                [otherwise] => {
                    branches.push((None, otherwise));
                    break;
                }
                [] => break,
            }
        }
        let fits = |solver: &Self, value: &Expression| {
            let text = solver.constant(value, columns)?.text()?;
            let demand = Demand {
                steps: Vec::new(),
                test: test.clone(),
                wanted,
                soft: false,
            };
            Some(demand.holds(&text))
        };
        let known = branches.iter().position(|(_, value)| fits(self, value) == Some(true));
        let open = || branches.iter().rposition(|(_, value)| fits(self, value).is_none());
        let chosen = known.or_else(open)?;
        for (condition, _) in branches.iter().take(chosen) {
            condition
                .iter()
                .for_each(|condition| self.require(condition, false, columns));
        }
        let (condition, value) = branches.get(chosen)?;
        condition
            .iter()
            .for_each(|condition| self.require(condition, true, columns));
        if fits(self, value).is_none() {
            let source = self.source(value, columns)?;
            self.ask(&source, test, wanted);
        }
        Some(())
    }

    /// Does something to the rows and keeps it where what is asked of each cell of them still goes together.
    pub(super) fn attempt(&mut self, change: impl FnOnce(&mut Self)) -> bool {
        let before = (self.rows.clone(), self.external.len(), self.places.len());
        change(self);
        if self.rows.iter().all(super::super::draft::Draft::agrees) {
            return true;
        }
        let (rows, external, places) = before;
        self.rows = rows;
        self.external.truncate(external);
        self.places.truncate(places);
        false
    }

    /// Gives two values one text: one that both can be.
    pub(super) fn unify(&mut self, left: &Source, right: &Source) {
        let column = [left, right]
            .iter()
            .find_map(|source| self.trail(source))
            .map(|trail| trail.column);
        let fresh = self.fresh(&column.unwrap_or_default());
        let mut texts = Vec::new();
        for source in [left, right] {
            texts.extend(self.texts_of(source));
        }
        texts.push(fresh.clone());
        for source in [left, right] {
            texts.extend(self.shape(source));
        }
        let both = |solver: &mut Self, text: &str| {
            solver.assign(left, text);
            solver.assign(right, text);
        };
        let goes = texts.iter().any(|text| self.attempt(|solver| both(solver, text)));
        if !goes {
            let first = texts.first().unwrap_or(&fresh).clone();
            both(self, &first);
        }
        self.unify_times(left, right);
    }

    /// Two times that must be equal are the usual one where nothing else is asked.
    fn unify_times(&mut self, left: &Source, right: &Source) {
        let mut time_of = |source: &Source| {
            let trail = self
                .trail(source)
                .filter(|trail| TIMES.contains(&trail.column.as_str()))?;
            let time = self.rows.get(trail.row)?.cells.get(&trail.column)?.time();
            Some((trail, time))
        };
        let (Some((left, one)), Some((right, other))) = (time_of(left), time_of(right)) else {
            return;
        };
        let Some(time) = one.or(other) else { return };
        for trail in [left, right] {
            if let Some(row) = self.rows.get_mut(trail.row) {
                row.cell(&trail.column).not_before(time);
                row.cell(&trail.column).not_after(time);
            }
        }
    }

    /// The texts that a value has as far as it is asked for.
    fn texts_of(&mut self, source: &Source) -> Vec<String> {
        match source {
            Source::Listed(texts) => texts.clone(),
            Source::Value(value) => value.texts(),
            source => self.text_of(source).into_iter().collect(),
        }
    }

    fn text_of(&mut self, source: &Source) -> Option<String> {
        let trail = self.trail(source)?;
        let text = self
            .rows
            .get(trail.row)?
            .cells
            .get(&trail.column)?
            .text_at(&trail.path)?;
        let made = trail.steps.iter().try_fold(text, |text, step| step.forward(&text))?;
        Some(made).filter(|made| !made.is_empty())
    }

    /// A text that a value can be where nothing is asked of its cell yet.
    fn shape(&mut self, source: &Source) -> Option<String> {
        let trail = self.trail(source)?;
        let mut demand = exactly("");
        demand.test = Test::Filled;
        demand.steps.clone_from(&trail.steps);
        let sample = demand.samples().into_iter().next()?;
        trail.steps.iter().try_fold(sample, |text, step| step.forward(&text))
    }

    /// A key of groups has one value in all copies of a row, and no other row has it.
    pub(super) fn pin(&mut self, key: &Expression, columns: &Columns) {
        if let Some(source) = self.source(key, columns) {
            self.pin_value(&source);
        }
    }

    /// A value that no other row has, where nothing else is asked of it.
    pub(super) fn pin_value(&mut self, source: &Source) {
        let Some(trail) = self.trail(source) else {
            return;
        };
        if trail.column.contains("Time") {
            return;
        }
        let fresh = self.fresh(&trail.column);
        let free = self.rows.get(trail.row).is_some_and(|row| {
            let cell = row.cells.get(&trail.column);
            cell.is_none_or(|cell| cell.text_at(&trail.path).is_none())
        });
        let contains = whotalks_kql_syntax::tree::TextTest::Contains;
        let test = match free {
            true => Test::Is(fresh),
            false => Test::Text(contains, vec![fresh]),
        };
        self.put(&trail, &test, true, true);
    }

    /// Asks that a value is equal to another one, or is not.
    pub(super) fn equal(&mut self, source: &Source, value: &Known, wanted: bool) {
        let text = match value {
            Known::Time(_) | Known::Span(_) if wanted => return self.compare(source, value, Way::Equal),
            Known::Number(number) if wanted => {
                if self.compare_worked_out(source, *number, Way::Equal).is_some() {
                    return;
                }
                value.text()
            }
            other => other.text(),
        };
        match text {
            Some(text) if text.is_empty() && !wanted => self.fill(source),
            Some(text) => self.equal_text(source, &text, wanted),
            None => {}
        }
    }

    /// A truth value may be asked as a number, and the other way round.
    fn equal_text(&mut self, source: &Source, text: &str, wanted: bool) {
        match (text, wanted) {
            ("true", false) => self.assign(source, "false"),
            ("false", false) => self.assign(source, "true"),
            _ => self.ask(source, &Test::Is(text.to_owned()), wanted),
        }
    }
}

/// The truth value that a test asks for.
fn truth(test: &Test) -> Option<bool> {
    match test {
        Test::Is(text) if text == "true" || text == "1" => Some(true),
        Test::Is(text) if text == "false" || text == "0" => Some(false),
        Test::Above(least) => Some(*least >= 0.0 && *least < 1.0),
        _ => None,
    }
}

/// Whether a function gives a truth value.
fn is_truth(name: &str) -> bool {
    name.starts_with("is")
        || name.starts_with("has_")
        || name.starts_with("ipv4_is_")
        || matches!(
            name,
            "not" | "set_has_element" | "bag_has_key" | "startswith" | "endswith"
        )
}
