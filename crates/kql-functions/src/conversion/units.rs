//! From one unit to another of its kind.

use crate::prelude::*;

/// A unit: its name, and how many of the base unit it is.
pub(super) type Unit = (&'static str, f64);

pub(super) static PARAMETERS: &[Parameter] = &[
    Parameter::new("value", Accepts::REAL, "the number"),
    Parameter::new("from", Accepts::STRING, "its unit"),
    Parameter::new("to", Accepts::STRING, "the unit that is wanted"),
];

/// Converts by the factors of a table. Units of the real engine that are not in it are refused where they are
/// constant, so that nothing is answered wrongly; what is no unit at all is null.
pub(super) fn make(
    function: &'static str,
    arguments: &[Argument],
    units: &'static [Unit],
    refused: &'static [&'static str],
) -> Made {
    let asked = arguments.iter().skip(1).filter_map(Argument::text);
    for name in asked {
        if refused.contains(&name) {
            return Err(FunctionError::Refused {
                function,
                reason: Refusal::FactorNotKnown,
            });
        }
    }
    maybe(move |row| {
        let factor = |name: &str| {
            units
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, factor)| *factor)
        };
        Some(row.real(0)? * factor(row.text(1))? / factor(row.text(2))?)
    })
}
