use super::units::{self, Unit};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "convert_length",
    Family::Conversion,
    units::PARAMETERS,
    Returns::REAL,
    make,
)
.does("Converts a length from one unit to another.")
.differs("The last digits may differ; units whose factor in the real engine is not known are refused.")
.examples(&[example(
    "print convert_length(1.2, 'Meter', 'Foot')",
    "3.9370078740157479",
)]);

/// How many Meter each unit is.
static UNITS: &[Unit] = &[
    ("Angstrom", 1e-10),
    ("AstronomicalUnit", 1.495_978_707e11),
    ("Centimeter", 1e-2),
    ("Chain", 20.1168),
    ("Decameter", 10.0),
    ("Decimeter", 0.1),
    ("Fathom", 1.8288),
    ("Foot", 0.3048),
    ("Hand", 0.1016),
    ("Hectometer", 100.0),
    ("Inch", 0.0254),
    ("Kilometer", 1e3),
    ("Meter", 1.0),
    ("Microinch", 2.54e-8),
    ("Micrometer", 1e-6),
    ("Mil", 2.54e-5),
    ("Mile", 1609.344),
    ("Millimeter", 1e-3),
    ("Nanometer", 1e-9),
    ("NauticalMile", 1852.0),
    ("Shackle", 27.432),
    ("Twip", 1.763_888_888_888_889e-5),
    ("UsSurveyFoot", 0.304_800_609_601_219_2),
    ("Yard", 0.9144),
];

static REFUSED: &[&str] = &[
    "DataMile",
    "DtpPica",
    "DtpPoint",
    "KilolightYear",
    "Kiloparsec",
    "LightYear",
    "MegalightYear",
    "Megaparsec",
    "Parsec",
    "PrinterPica",
    "PrinterPoint",
    "SolarRadius",
];

fn make(arguments: &[Argument]) -> Made {
    units::make("convert_length", arguments, UNITS, REFUSED)
}
