//! `binary_all_and`, `binary_all_or`, `binary_all_xor`: whole numbers bit by bit.

use serde::{Deserialize, Serialize};
use whotalks_kql_values::{DynamicBuilder, DynamicView, KustoType, Value};

use super::gathering::Gathering;
use super::rows::{Gather, RowAggregation};
use super::{Aggregation, Arguments, Prefix};
use crate::bind::{Bound, convert};
use crate::error::Result;
use crate::physical::Cell;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["binary_all_and"],
        prefix: Prefix::None,
        bind: |arguments| add(arguments, Operation::And),
    },
    Aggregation {
        names: &["binary_all_or"],
        prefix: Prefix::None,
        bind: |arguments| add(arguments, Operation::Or),
    },
    Aggregation {
        names: &["binary_all_xor"],
        prefix: Prefix::None,
        bind: |arguments| add(arguments, Operation::Xor),
    },
];

/// What is done with the bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Operation {
    And,
    Or,
    Xor,
}

impl Operation {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::And => "binary_all_and",
            Self::Or => "binary_all_or",
            Self::Xor => "binary_all_xor",
        }
    }
}

pub(super) fn begin(operation: Operation) -> Box<dyn Gather> {
    Box::new(Bits { operation, bits: None })
}

fn add(arguments: &mut Arguments<'_>, operation: Operation) -> Result<Bound> {
    let value = convert(arguments.only()?, KustoType::Long)?;
    let aggregation = RowAggregation {
        gathering: Gathering::Bits(operation),
        arguments: vec![KustoType::Long],
        result: KustoType::Long,
    };
    let call = aggregation.call(vec![value], None);
    Ok(arguments.add(call, KustoType::Long))
}

#[derive(Debug)]
struct Bits {
    operation: Operation,
    bits: Option<i64>,
}

impl Bits {
    fn add(&mut self, value: i64) {
        self.bits = Some(match (self.bits, self.operation) {
            (None, _) => value,
            (Some(bits), Operation::And) => bits & value,
            (Some(bits), Operation::Or) => bits | value,
            (Some(bits), Operation::Xor) => bits ^ value,
        });
    }
}

impl Gather for Bits {
    fn take(&mut self, row: &[Value<'_>]) {
        if let Some(value) = row.first().and_then(Cell::as_long) {
            self.add(value);
        }
    }

    fn state(&self) -> Vec<u8> {
        self.bits.map_or_else(DynamicBuilder::null, DynamicBuilder::long)
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        if let Some(value) = state.to_value().as_long() {
            self.add(value);
        }
    }

    fn result(&self) -> Value<'static> {
        self.bits.map_or(Value::Null, Value::Long)
    }

    fn bytes(&self) -> usize {
        0
    }
}
