//! What the operators that ask which value is larger have in common.

use crate::prelude::*;
use std::cmp::Ordering;

use whotalks_kql_values::compare;

pub(super) use super::equal::PARAMETERS;

/// Numbers beside numbers, times beside times; dynamic values beside all of these.
pub(super) fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let [left, right] = super::operands::pair(function, arguments)?;
    if comparable(left, right) {
        return Ok(Signature::as_given(arguments, KustoType::Bool));
    }
    Err(super::operands::do_not_fit(function, arguments))
}

/// Whether it can be asked which is larger; of two dynamic values the real engine asks for explicit casts.
pub(super) fn comparable(left: KustoType, right: KustoType) -> bool {
    let ordered = |kusto_type: KustoType| !matches!(kusto_type, KustoType::String | KustoType::Guid);
    match (left, right) {
        (KustoType::Dynamic, other) | (other, KustoType::Dynamic) => {
            !matches!(other, KustoType::Guid | KustoType::Dynamic)
        }
        _ => ordered(left) && (left == right || (counts(left) && counts(right))),
    }
}

fn counts(kusto_type: KustoType) -> bool {
    kusto_type.is_number() || kusto_type == KustoType::Bool
}

/// Compares; false where one is null or no number.
pub(super) fn make(holds: fn(Ordering) -> bool) -> Made {
    always(move |row| compare(row.value(0), row.value(1)).is_some_and(holds))
}

#[cfg(test)]
mod tests {
    use crate::{Argument, operator};

    use super::*;

    #[test]
    fn two_dynamic_values_want_explicit_casts() {
        let dynamic = Argument::variable(KustoType::Dynamic);
        for name in ["==", "!=", "<", ">="] {
            let both = [dynamic.clone(), dynamic.clone()];
            assert!(operator(name).unwrap().signature(&both).is_err(), "{name}");
            let one = [dynamic.clone(), Argument::variable(KustoType::Long)];
            assert!(operator(name).unwrap().signature(&one).is_ok(), "{name}");
        }
    }
}
