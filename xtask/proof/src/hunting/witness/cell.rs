//! What is asked of a cell of a row, and a value that is as asked.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::demand::Demand;
use super::nested::nested;
use super::step::Layout;
use crate::hunting::tables::NOW_NANOSECONDS;

/// When rows happen of which nothing is said: a few minutes before the query.
pub(super) const USUAL_NANOSECONDS: i64 = NOW_NANOSECONDS - 600_000_000_000;
/// How far a time stays away from its bound.
const MINUTE_NANOSECONDS: i64 = 60_000_000_000;
/// Of so many demands every order is tried: 24 of four.
const MOST_ORDERED: usize = 4;
/// What may stand between what several demands ask for.
const SEPARATORS: [&str; 5] = [" ", "", ".", "/", "-"];
/// The member under which a text stands that a dynamic value must have.
const MEMBER_NOTE: &str = "Note";

/// What is asked of a cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    demands: Vec<Demand>,
    /// Members of a dynamic value, by their paths.
    members: BTreeMap<Vec<String>, Cell>,
    /// Between which times it lies, in nanoseconds since 1970.
    low: Option<i64>,
    high: Option<i64>,
}

/// What one demand asks for, or several of the pieces of one text.
struct Unit {
    rank: u8,
    samples: Vec<String>,
}

impl Cell {
    /// Asks something of the value, or of a member of it. A soft demand gives way to others.
    pub(super) fn ask(&mut self, path: &[String], demand: Demand) {
        if !path.is_empty() {
            return self.members.entry(path.to_vec()).or_default().ask(&[], demand);
        }
        if self.demands.contains(&demand) {
            return;
        }
        self.demands.push(demand);
        while !self.agrees() {
            let Some(soft) = self.demands.iter().rposition(|demand| demand.soft) else {
                return;
            };
            self.demands.remove(soft);
        }
    }

    /// Asks a time not to lie before another one.
    pub(super) fn not_before(&mut self, nanoseconds: i64) {
        self.low = Some(self.low.map_or(nanoseconds, |low| low.max(nanoseconds)));
    }

    /// Asks a time not to lie after another one.
    pub(super) fn not_after(&mut self, nanoseconds: i64) {
        self.high = Some(self.high.map_or(nanoseconds, |high| high.min(nanoseconds)));
    }

    /// The bounds of the time.
    pub(super) fn bounds(&self) -> (Option<i64>, Option<i64>) {
        (self.low, self.high)
    }

    /// What is asked of the value itself.
    pub(super) fn demands(&self) -> &[Demand] {
        &self.demands
    }

    /// Whether nothing is asked that a value of its own would fulfil.
    pub(super) fn is_free(&self) -> bool {
        self.members.is_empty() && !self.demands.iter().any(|demand| demand.wanted)
    }

    /// Whether one value can be all that is asked, as far as is known.
    pub(super) fn agrees(&self) -> bool {
        let text = match self.own(None) {
            Some(text) => self.holds(&text),
            None => !self.demands.iter().any(|demand| demand.wanted),
        };
        let times = match (self.low, self.high) {
            (Some(low), Some(high)) => low <= high,
            _ => true,
        };
        text && times && self.members.values().all(Self::agrees)
    }

    /// Whether a text is as asked.
    pub(super) fn holds(&self, text: &str) -> bool {
        self.demands.iter().all(|demand| demand.holds(text))
    }

    /// The time, where one is asked for: the usual one where it is as asked, too.
    pub(super) fn time(&self) -> Option<i64> {
        Some(match (self.low, self.high) {
            (None, None) => return None,
            (low, high)
                if low.is_none_or(|low| low < USUAL_NANOSECONDS)
                    && high.is_none_or(|high| high > USUAL_NANOSECONDS) =>
            {
                USUAL_NANOSECONDS
            }
            (Some(low), Some(high)) => low + (high - low) / 2,
            (Some(low), None) => low + MINUTE_NANOSECONDS,
            (None, Some(high)) => high - MINUTE_NANOSECONDS,
        })
    }

    /// The text, where something is asked.
    pub(super) fn text(&self) -> Option<String> {
        if self.members.is_empty() {
            return self.own(None);
        }
        let some = || "something".to_owned();
        let mut members: Vec<_> = self
            .members
            .iter()
            .map(|(path, cell)| (path.clone(), cell.text().unwrap_or_else(some)))
            .collect();
        let note = self.own(None).map(|note| (vec![MEMBER_NOTE.to_owned()], note));
        members.splice(0..0, note);
        Some(nested(&members))
    }

    /// The text of a member.
    pub(super) fn text_at(&self, path: &[String]) -> Option<String> {
        if path.is_empty() {
            return self.text();
        }
        self.members.get(path)?.text()
    }

    /// Puts a text in the place of all that is asked of the value or of a member.
    pub(super) fn fix(&mut self, path: &[String], demand: Demand) {
        let place = match path.is_empty() {
            true => self,
            false => self.members.entry(path.to_vec()).or_default(),
        };
        place.demands = vec![demand];
    }

    /// A text that no other copy of the row has, as asked where that can be.
    pub(super) fn varied(&self, column: &str, path: &[String], copy: usize) -> String {
        let place = match path.is_empty() {
            true => Some(self),
            false => self.members.get(path),
        };
        let Some(place) = place.filter(|place| !place.is_free()) else {
            return different(column, copy);
        };
        let mut samples: Vec<String> = place.units().into_iter().flat_map(|unit| unit.samples).collect();
        samples.retain(|sample| place.holds(sample));
        let listed = Some(&samples)
            .filter(|samples| samples.len() > 2)
            .and_then(|samples| samples.get(copy));
        if let Some(listed) = listed {
            return listed.clone();
        }
        let number = |sample: &String| Some((sample.parse::<i64>().ok()? + i64::try_from(copy).ok()?).to_string());
        let mark = format!("v{copy}");
        let mut tries: Vec<String> = samples.iter().filter_map(number).collect();
        tries.extend(place.tries(Some(&mark)));
        let held = tries.into_iter().find(|text| place.holds(text));
        held.unwrap_or_else(|| format!("{} {copy}", samples.first().map_or(column, String::as_str)))
    }

    /// A text of which as much as can be is as asked.
    fn own(&self, extra: Option<&str>) -> Option<String> {
        let tries = self.tries(extra);
        let held = tries.iter().find(|text| self.holds(text));
        let nearest = || {
            let count = |text: &&String| self.demands.iter().filter(|demand| demand.holds(text)).count();
            tries.iter().rev().max_by_key(count)
        };
        held.or_else(nearest).cloned()
    }

    /// Texts that may be as asked.
    fn tries(&self, extra: Option<&str>) -> Vec<String> {
        let mut units = self.units();
        let mut tries: Vec<String> = match extra {
            None => units.iter().flat_map(|unit| unit.samples.iter().cloned()).collect(),
            Some(_) => Vec::new(),
        };
        units.extend(extra.map(|extra| Unit {
            rank: 1,
            samples: vec![extra.to_owned()],
        }));
        units.sort_by_key(|unit| unit.rank);
        if units.len() < 2 && extra.is_none() {
            return tries;
        }
        let pieces: Vec<&str> = units
            .iter()
            .filter_map(|unit| unit.samples.first())
            .map(String::as_str)
            .collect();
        for order in orders(pieces.len()) {
            let ordered: Vec<&str> = order.iter().filter_map(|place| pieces.get(*place)).copied().collect();
            tries.extend(SEPARATORS.iter().map(|separator| ordered.join(separator)));
        }
        tries
    }

    /// What the demands ask for; what is asked of the pieces of one text together.
    fn units(&self) -> Vec<Unit> {
        let mut units = Vec::new();
        let mut taken_apart: Vec<(Rc<Layout>, BTreeMap<usize, Self>)> = Vec::new();
        for demand in self.demands.iter().filter(|demand| demand.wanted) {
            let Some((layout, index, inner)) = demand.of_piece() else {
                units.push(Unit {
                    rank: demand.rank(),
                    samples: demand.samples(),
                });
                continue;
            };
            let known = taken_apart.iter().position(|(other, _)| *other == *layout);
            let place = known.unwrap_or_else(|| {
                taken_apart.push((Rc::clone(layout), BTreeMap::new()));
                taken_apart.len() - 1
            });
            if let Some((_, pieces)) = taken_apart.get_mut(place) {
                pieces.entry(index).or_default().demands.push(inner);
            }
        }
        units.extend(taken_apart.iter().map(|(layout, pieces)| {
            let texts = pieces
                .iter()
                .filter_map(|(index, cell)| Some((*index, cell.own(None)?)));
            Unit {
                rank: 1,
                samples: layout.wholes(&texts.collect()),
            }
        }));
        units.retain(|unit| !unit.samples.is_empty());
        units
    }
}

/// Orders of so many things: all of few, the given one of many.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count > MOST_ORDERED {
        return vec![(0..count).collect()];
    }
    (0..count).fold(vec![Vec::new()], |orders, _| {
        let longer = |order: &Vec<usize>| {
            let unused: Vec<usize> = (0..count).filter(|place| !order.contains(place)).collect();
            let order = order.clone();
            unused
                .into_iter()
                .map(move |place| [order.clone(), vec![place]].concat())
        };
        orders.iter().flat_map(longer).collect()
    })
}

/// A value of a column of which nothing is asked, different in each copy.
fn different(column: &str, copy: usize) -> String {
    if column.ends_with("IP") {
        return format!("198.51.{}.{}", copy / 250, copy % 250 + 1);
    }
    if column.ends_with("Port") || column.ends_with("Id") && column.starts_with("InitiatingProcess") {
        return (1_000 + copy).to_string();
    }
    format!("{column}{copy}")
}

#[cfg(test)]
mod tests {
    use whotalks_kql_syntax::tree::TextTest;

    use super::super::demand::Test;
    use super::super::pattern::RegularExpression;
    use super::super::step::Step;
    use super::*;

    fn demand(steps: Vec<Step>, test: Test, wanted: bool) -> Demand {
        Demand {
            steps,
            test,
            wanted,
            soft: false,
        }
    }

    fn text(test: TextTest, text: &str) -> Demand {
        demand(Vec::new(), Test::Text(test, vec![text.to_owned()]), true)
    }

    #[test]
    fn what_several_conditions_ask_for_stands_in_one_text() {
        let mut cell = Cell::default();
        cell.ask(&[], text(TextTest::EndsWith, ".exe"));
        cell.ask(&[], text(TextTest::Has, "tool"));
        cell.ask(&[], text(TextTest::StartsWith, "c:\\"));
        cell.ask(
            &[],
            demand(Vec::new(), Test::Text(TextTest::Contains, vec!["/".to_owned()]), false),
        );
        let found = cell.text().unwrap();
        assert!(cell.holds(&found), "{found}");
    }

    #[test]
    fn a_piece_and_a_group_of_one_text_are_both_as_asked() {
        let split = Step::Piece(Rc::new(Layout::Split(" /".to_owned())), 0);
        let group = |expression: &str| Step::Group(RegularExpression::new(expression).unwrap(), 1);
        let mut cell = Cell::default();
        cell.ask(&[], demand(vec![split], Test::Is("GET".to_owned()), true));
        let extension = vec![group(".*/(.*)HTTP"), group(r".*\.(.*)$")];
        cell.ask(&[], demand(extension.clone(), Test::Filled, true));
        let length = [extension, vec![Step::Length]].concat();
        cell.ask(&[], demand(length, Test::Below(8.0), true));
        let found = cell.text().unwrap();
        assert!(cell.holds(&found), "{found}");
    }

    #[test]
    fn a_soft_demand_gives_way() {
        let mut cell = Cell::default();
        let mut soft = text(TextTest::Contains, "common");
        soft.soft = true;
        cell.ask(&[], soft);
        cell.ask(&[], demand(Vec::new(), Test::Is("x".to_owned()), true));
        assert_eq!(cell.text().as_deref(), Some("x"));
    }

    #[test]
    fn copies_differ_and_stay_as_asked() {
        let mut cell = Cell::default();
        cell.ask(&[], text(TextTest::EndsWith, ".tk"));
        let texts: Vec<String> = (0..3).map(|copy| cell.varied("RemoteUrl", &[], copy)).collect();
        assert!(texts.iter().all(|text| text.ends_with(".tk")), "{texts:?}");
        assert_ne!(texts[0], texts[1]);
        let mut ports = Cell::default();
        let list = ["21", "22", "23"].map(str::to_owned).to_vec();
        ports.ask(&[], demand(Vec::new(), Test::OneOf(list.clone()), true));
        let texts: Vec<String> = (0..3).map(|copy| ports.varied("LocalPort", &[], copy)).collect();
        assert_eq!(texts, list);
    }
}
