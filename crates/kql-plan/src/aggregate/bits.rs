//! `binary_all_and`, `binary_all_or`, `binary_all_xor`: whole numbers bit by bit.

use whotalks_kql_values::{DynamicBuilder, DynamicView, KustoType, Value};

use super::rows::{Gather, RowAggregation};
use super::{Aggregation, Arguments, Prefix};
use crate::bind::{Bound, convert};
use crate::error::Result;
use crate::physical::Cell;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["binary_all_and"],
        prefix: Prefix::None,
        bind: |arguments| add(arguments, "binary_all_and", AND),
    },
    Aggregation {
        names: &["binary_all_or"],
        prefix: Prefix::None,
        bind: |arguments| add(arguments, "binary_all_or", OR),
    },
    Aggregation {
        names: &["binary_all_xor"],
        prefix: Prefix::None,
        bind: |arguments| add(arguments, "binary_all_xor", XOR),
    },
];

const AND: i64 = 0;
const OR: i64 = 1;
const XOR: i64 = 2;

fn add(arguments: &mut Arguments<'_>, name: &'static str, operation: i64) -> Result<Bound> {
    let value = convert(arguments.only()?, KustoType::Long)?;
    let aggregation = RowAggregation {
        name,
        arguments: vec![KustoType::Long],
        result: KustoType::Long,
        parameters: vec![operation],
        make: |parameters| {
            Box::new(Bits {
                operation: parameters.first().copied().unwrap_or(AND),
                bits: None,
            })
        },
    };
    let call = aggregation.call(vec![value], None);
    Ok(arguments.add(call, KustoType::Long))
}

#[derive(Debug)]
struct Bits {
    operation: i64,
    bits: Option<i64>,
}

impl Bits {
    fn add(&mut self, value: i64) {
        self.bits = Some(match (self.bits, self.operation) {
            (None, _) => value,
            (Some(bits), AND) => bits & value,
            (Some(bits), OR) => bits | value,
            (Some(bits), _) => bits ^ value,
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
