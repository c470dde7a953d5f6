use super::units::PARAMETERS;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "convert_temperature",
    Family::Conversion,
    PARAMETERS,
    Returns::REAL,
    make,
)
.does("Converts a temperature from one unit to another.")
.differs("The last digits may differ; SolarTemperature is refused.")
.examples(&[example(
    "print convert_temperature(20.0, 'DegreeCelsius', 'DegreeFahrenheit')",
    "68.0",
)]);

/// A unit, how many degrees Celsius one of its degrees is, and its reading where water freezes.
type Scale = (&'static str, f64, f64);

static SCALES: &[Scale] = &[
    ("DegreeCelsius", 1.0, 0.0),
    ("DegreeDelisle", -2.0 / 3.0, 150.0),
    ("DegreeFahrenheit", 5.0 / 9.0, 32.0),
    ("DegreeNewton", 100.0 / 33.0, 0.0),
    ("DegreeRankine", 5.0 / 9.0, 491.67),
    ("DegreeReaumur", 1.25, 0.0),
    ("DegreeRoemer", 40.0 / 21.0, 7.5),
    ("Kelvin", 1.0, 273.15),
    ("MillidegreeCelsius", 1e-3, 0.0),
];

fn make(arguments: &[Argument]) -> Made {
    if arguments
        .iter()
        .skip(1)
        .filter_map(Argument::text)
        .any(|name| name == "SolarTemperature")
    {
        let reason = Refusal::FactorNotKnown;
        return Err(FunctionError::Refused {
            function: "convert_temperature",
            reason,
        });
    }
    maybe(|row| {
        let scale = |name: &str| SCALES.iter().find(|(known, _, _)| *known == name);
        let ((_, from, zero), (_, to, other_zero)) = (scale(row.text(1))?, scale(row.text(2))?);
        Some((row.real(0)? - zero) * from / to + other_zero)
    })
}
