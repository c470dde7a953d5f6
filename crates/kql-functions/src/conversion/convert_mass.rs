use super::units::{self, Unit};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "convert_mass",
    Family::Conversion,
    units::PARAMETERS,
    Returns::REAL,
    make,
)
.does("Converts a mass from one unit to another.")
.differs("The last digits may differ; units whose factor in the real engine is not known are refused.")
.examples(&[example("print convert_mass(2.0, 'Tonne', 'Kilogram')", "2000.0")]);

/// How many Kilogram each unit is.
static UNITS: &[Unit] = &[
    ("Centigram", 1e-5),
    ("Decagram", 1e-2),
    ("Decigram", 1e-4),
    ("Grain", 6.479_891e-5),
    ("Gram", 1e-3),
    ("Hectogram", 0.1),
    ("Kilogram", 1.0),
    ("Kilopound", 453.592_37),
    ("Kilotonne", 1e6),
    ("LongHundredweight", 50.802_345_44),
    ("LongTon", 1_016.046_908_8),
    ("Megapound", 453_592.37),
    ("Megatonne", 1e9),
    ("Microgram", 1e-9),
    ("Milligram", 1e-6),
    ("Nanogram", 1e-12),
    ("Ounce", 0.028_349_523_125),
    ("Pound", 0.453_592_37),
    ("ShortHundredweight", 45.359_237),
    ("ShortTon", 907.184_74),
    ("Stone", 6.350_293_18),
    ("Tonne", 1e3),
];

static REFUSED: &[&str] = &["EarthMass", "Slug", "SolarMass"];

fn make(arguments: &[Argument]) -> Made {
    units::make("convert_mass", arguments, UNITS, REFUSED)
}
