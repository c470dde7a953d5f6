use super::units::{self, Unit};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "convert_force",
    Family::Conversion,
    units::PARAMETERS,
    Returns::REAL,
    make,
)
.does("Converts a force from one unit to another.")
.differs("The last digits may differ; units whose factor in the real engine is not known are refused.")
.examples(&[example("print convert_force(2.0, 'Kilonewton', 'Newton')", "2000.0")]);

/// How many Newton each unit is.
static UNITS: &[Unit] = &[
    ("Decanewton", 10.0),
    ("Dyn", 1e-5),
    ("KilogramForce", 9.806_65),
    ("Kilonewton", 1e3),
    ("KiloPond", 9.806_65),
    ("KilopoundForce", 4_448.221_615_260_5),
    ("Meganewton", 1e6),
    ("Micronewton", 1e-6),
    ("Millinewton", 1e-3),
    ("Newton", 1.0),
    ("PoundForce", 4.448_221_615_260_5),
    ("TonneForce", 9_806.65),
];

static REFUSED: &[&str] = &["OunceForce", "Poundal", "ShortTonForce"];

fn make(arguments: &[Argument]) -> Made {
    units::make("convert_force", arguments, UNITS, REFUSED)
}
