//! `buildschema`: the least schema that all dynamic values of a group have.

use whotalks_kql_values::{Bag, DynamicBuilder, DynamicView, Kind, KustoType, MOST_NESTED, Value};

use super::gathering::Gathering;
use super::rows::{Gather, RowAggregation};
use super::{Aggregation, Prefix};

/// The name under which the elements of arrays stand.
const INDEXER: &str = "`indexer`";
/// The most names of one schema; further ones are passed over.
const MAX_NAMES: usize = 10_000;

pub(super) const ALL: &[Aggregation] = &[Aggregation {
    names: &["buildschema"],
    prefix: Prefix::Before("schema"),
    bind: |arguments| {
        let value = arguments.only()?;
        let aggregation = RowAggregation {
            gathering: Gathering::Schema,
            arguments: vec![value.kusto_type],
            result: KustoType::Dynamic,
        };
        let call = aggregation.call(vec![value], None);
        Ok(arguments.add(call, KustoType::Dynamic))
    },
}];

pub(super) fn begin() -> Box<dyn Gather> {
    Box::new(Schema::default())
}

/// What was seen at one place: the types of plain values, and the members of bags and arrays.
#[derive(Debug, Default, Clone)]
struct Schema {
    types: Vec<String>,
    members: Vec<(String, Schema)>,
}

impl Schema {
    fn note(&mut self, view: DynamicView<'_>, depth: usize) {
        let Some(deeper) = depth.checked_sub(1) else {
            return;
        };
        match view.kind() {
            Kind::Null => {}
            Kind::Bag(properties) => {
                for (name, value) in properties {
                    if let Some(member) = self.member(name) {
                        member.note(value, deeper);
                    }
                }
            }
            Kind::Array(elements) => {
                if let Some(member) = self.member(INDEXER) {
                    elements.for_each(|element| member.note(element, deeper));
                }
            }
            plain => self.note_type(type_name(&plain)),
        }
    }

    fn note_type(&mut self, name: &str) {
        if !name.is_empty() && !self.types.iter().any(|known| known == name) {
            self.types.push(name.to_owned());
        }
    }

    fn member(&mut self, name: &str) -> Option<&mut Self> {
        let place = match self.members.iter().position(|(known, _)| known == name) {
            Some(place) => place,
            None if self.members.len() >= MAX_NAMES => return None,
            None => {
                self.members.push((name.to_owned(), Self::default()));
                self.members.len() - 1
            }
        };
        self.members.get_mut(place).map(|(_, member)| member)
    }

    /// A type, a bag of members, or an array of such alternatives.
    fn dynamic(&self) -> Vec<u8> {
        let mut alternatives: Vec<_> = self.types.iter().map(|name| DynamicBuilder::string(name)).collect();
        if !self.members.is_empty() {
            let mut bag = Bag::default();
            for (name, member) in &self.members {
                bag.set(name, &member.dynamic());
            }
            alternatives.push(bag.finish());
        }
        match alternatives.len() {
            0 => DynamicBuilder::null(),
            1 => alternatives.pop().unwrap_or_default(),
            _ => DynamicBuilder::array(alternatives),
        }
    }

    /// Takes over what another schema says.
    fn take_over(&mut self, view: DynamicView<'_>, depth: usize) {
        let Some(deeper) = depth.checked_sub(1) else {
            return;
        };
        match view.kind() {
            Kind::String(name) => self.note_type(name),
            Kind::Array(alternatives) => alternatives.for_each(|alternative| self.take_over(alternative, deeper)),
            Kind::Bag(members) => {
                for (name, schema) in members {
                    if let Some(member) = self.member(name) {
                        member.take_over(schema, deeper);
                    }
                }
            }
            _ => {}
        }
    }
}

fn type_name(kind: &Kind<'_>) -> &'static str {
    match kind {
        Kind::Bool(_) => "bool",
        Kind::Long(_) => "long",
        Kind::Real(_) => "double",
        Kind::Decimal(_) => "decimal",
        Kind::String(_) => "string",
        Kind::DateTime(_) => "datetime",
        Kind::TimeSpan(_) => "timespan",
        Kind::Guid(_) => "guid",
        _ => "",
    }
}

impl Gather for Schema {
    fn take(&mut self, row: &[Value<'_>]) {
        if let Some(view) = row.first().and_then(Value::view) {
            self.note(view, MOST_NESTED);
        }
    }

    fn state(&self) -> Vec<u8> {
        self.dynamic()
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        self.take_over(state, MOST_NESTED);
    }

    fn result(&self) -> Value<'static> {
        Value::Dynamic(self.state().into())
    }

    fn bytes(&self) -> usize {
        let own: usize = self
            .members
            .iter()
            .map(|(name, member)| name.len() + member.bytes())
            .sum();
        own + size_of_val(self)
    }
}
