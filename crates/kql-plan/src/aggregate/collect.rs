//! `make_list`, `make_set`, `make_bag` and their conditional forms.

use std::collections::HashSet;

use datafusion::logical_expr::Expr;
use whotalks_kql_values::{Bag, DynamicBuilder, DynamicView, Kind, KustoType, Value};

use super::gathering::Gathering;
use super::rows::{Gather, RowAggregation};
use super::{Aggregation, Arguments, Prefix};
use crate::bind::Bound;
use crate::error::Result;
use crate::phrase::Phrase;
use crate::physical::Cell;

/// The most values of a list or a set; Kusto has the same bound.
const MAX_VALUES: usize = 1_048_576;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["make_list", "makelist"],
        prefix: Prefix::Before("list"),
        bind: |arguments| gather(arguments, 1, list(keeps_nulls(arguments))),
    },
    Aggregation {
        names: &["make_list_if"],
        prefix: Prefix::Before("list"),
        bind: |arguments| gather_if(arguments, list(false)),
    },
    Aggregation {
        names: &["make_list_with_nulls"],
        prefix: Prefix::Before("list"),
        bind: |arguments| gather(arguments, 1, list(true)),
    },
    Aggregation {
        names: &["make_set", "makeset"],
        prefix: Prefix::Before("set"),
        bind: |arguments| gather(arguments, 1, |most| Gathering::Set { most }),
    },
    Aggregation {
        names: &["make_set_if"],
        prefix: Prefix::Before("set"),
        bind: |arguments| gather_if(arguments, |most| Gathering::Set { most }),
    },
    Aggregation {
        names: &["make_bag", "make_dictionary"],
        prefix: Prefix::Before("bag"),
        bind: |arguments| gather(arguments, 1, |most| Gathering::Bag { most }),
    },
    Aggregation {
        names: &["make_bag_if"],
        prefix: Prefix::Before("bag"),
        bind: |arguments| gather_if(arguments, |most| Gathering::Bag { most }),
    },
];

/// The aggregation for the most values that it may gather.
type Bounded = fn(usize) -> Gathering;

fn list(with_nulls: bool) -> Bounded {
    match with_nulls {
        true => |most| Gathering::List { most, with_nulls: true },
        false => |most| Gathering::List {
            most,
            with_nulls: false,
        },
    }
}

fn gather(arguments: &mut Arguments<'_>, limit_index: usize, bounded: Bounded) -> Result<Bound> {
    let value = arguments.value(0)?;
    let gathering = bounded(limit(arguments, limit_index)?);
    Ok(add(arguments, gathering, value, None))
}

fn gather_if(arguments: &mut Arguments<'_>, bounded: Bounded) -> Result<Bound> {
    let (value, condition) = (arguments.value(0)?, arguments.value(1)?);
    let gathering = bounded(limit(arguments, 2)?);
    Ok(add(arguments, gathering, value, Some(condition.expression)))
}

fn add(arguments: &mut Arguments<'_>, gathering: Gathering, value: Bound, condition: Option<Expr>) -> Bound {
    let aggregation = RowAggregation {
        gathering,
        arguments: vec![value.kusto_type],
        result: KustoType::Dynamic,
    };
    let call = aggregation.call(vec![value], condition);
    arguments.add(call, KustoType::Dynamic)
}

/// A dynamic null is a value like others; nulls of other types are left out.
fn keeps_nulls(arguments: &Arguments<'_>) -> bool {
    arguments
        .values
        .first()
        .is_some_and(|value| value.kusto_type == KustoType::Dynamic)
}

fn limit(arguments: &Arguments<'_>, index: usize) -> Result<usize> {
    let Some(limit) = arguments.values.get(index) else {
        return Ok(MAX_VALUES);
    };
    let known = limit.constant.as_ref().and_then(Cell::as_long);
    let known = known.ok_or_else(|| arguments.refused(Phrase::CountOfValuesConstant))?;
    Ok(usize::try_from(known.max(0)).map_or(MAX_VALUES, |known| known.min(MAX_VALUES)))
}

pub(super) fn begin_list(most: usize, with_nulls: bool) -> Box<dyn Gather> {
    Box::new(List {
        values: Vec::new(),
        most,
        with_nulls,
    })
}

pub(super) fn begin_set(most: usize) -> Box<dyn Gather> {
    Box::new(Set {
        values: Vec::new(),
        known: HashSet::new(),
        most,
    })
}

pub(super) fn begin_bag(most: usize) -> Box<dyn Gather> {
    Box::new(Gathered {
        bag: Bag::default(),
        members: 0,
        held: 0,
        most,
    })
}

/// Values in the order they came, each as the bytes of a dynamic value.
#[derive(Debug)]
struct List {
    values: Vec<Vec<u8>>,
    most: usize,
    with_nulls: bool,
}

impl List {
    fn add(&mut self, value: Vec<u8>) {
        if self.values.len() < self.most {
            self.values.push(value);
        }
    }
}

impl Gather for List {
    /// The elements of an array count, not the array itself, as the real engine has it.
    fn take(&mut self, row: &[Value<'_>]) {
        let value = row.first().unwrap_or(&Value::Null);
        match value.view().and_then(DynamicView::elements) {
            Some(elements) => elements.for_each(|element| self.add(element.bytes().to_vec())),
            None if self.with_nulls || !value.is_null() => self.add(DynamicBuilder::value(value)),
            None => {}
        }
    }

    fn state(&self) -> Vec<u8> {
        DynamicBuilder::array(&self.values)
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        let values = state.elements().into_iter().flatten();
        values.for_each(|value| self.add(value.bytes().to_vec()));
    }

    fn result(&self) -> Value<'static> {
        Value::Dynamic(self.state().into())
    }

    fn bytes(&self) -> usize {
        bytes_of(&self.values)
    }
}

/// Values once each, in the order they came.
#[derive(Debug)]
struct Set {
    values: Vec<Vec<u8>>,
    known: HashSet<Vec<u8>>,
    most: usize,
}

impl Set {
    fn add(&mut self, value: DynamicView<'_>) {
        let wanted = !value.is_null() && self.values.len() < self.most;
        if wanted && self.known.insert(value.bytes().to_vec()) {
            self.values.push(value.bytes().to_vec());
        }
    }

    fn add_all(&mut self, values: DynamicView<'_>) {
        values
            .elements()
            .into_iter()
            .flatten()
            .for_each(|value| self.add(value));
    }
}

impl Gather for Set {
    /// The elements of an array count, not the array itself, as Kusto has it for sets of arrays.
    fn take(&mut self, row: &[Value<'_>]) {
        let value = DynamicBuilder::value(row.first().unwrap_or(&Value::Null));
        let view = DynamicView::new(&value);
        match view.kind() {
            Kind::Array(_) => self.add_all(view),
            _ => self.add(view),
        }
    }

    fn state(&self) -> Vec<u8> {
        DynamicBuilder::array(&self.values)
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        self.add_all(state);
    }

    fn result(&self) -> Value<'static> {
        Value::Dynamic(self.state().into())
    }

    fn bytes(&self) -> usize {
        2 * bytes_of(&self.values)
    }
}

/// The members of all bags; of two with one name the first stays.
#[derive(Debug)]
struct Gathered {
    bag: Bag,
    members: usize,
    held: usize,
    most: usize,
}

impl Gather for Gathered {
    fn take(&mut self, row: &[Value<'_>]) {
        if let Some(view) = row.first().and_then(Value::view) {
            self.merge(view);
        }
    }

    fn state(&self) -> Vec<u8> {
        self.bag.clone().finish()
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        for (name, value) in state.properties().into_iter().flatten() {
            if self.members < self.most {
                self.bag.set_first(name, value.bytes());
                self.members += 1;
                self.held += name.len() + value.bytes().len();
            }
        }
    }

    fn result(&self) -> Value<'static> {
        Value::Dynamic(self.state().into())
    }

    fn bytes(&self) -> usize {
        self.held
    }
}

fn bytes_of(values: &[Vec<u8>]) -> usize {
    values.iter().map(|value| value.capacity() + size_of::<Vec<u8>>()).sum()
}
