use super::units::{self, Unit};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "convert_angle",
    Family::Conversion,
    units::PARAMETERS,
    Returns::REAL,
    make,
)
.does("Converts an angle from one unit to another.")
.differs("The last digits may differ; units whose factor in the real engine is not known are refused.")
.examples(&[example("print convert_angle(2.0, 'Revolution', 'Degree')", "720.0")]);

/// How many Degree each unit is.
static UNITS: &[Unit] = &[
    ("Arcminute", 1.0 / 60.0),
    ("Arcsecond", 1.0 / 3600.0),
    ("Degree", 1.0),
    ("Gradian", 0.9),
    ("Microdegree", 1e-6),
    ("Millidegree", 1e-3),
    ("Nanodegree", 1e-9),
    ("Radian", 180.0 / std::f64::consts::PI),
    ("Centiradian", 1.8 / std::f64::consts::PI),
    ("Deciradian", 18.0 / std::f64::consts::PI),
    ("Microradian", 1.8e-4 / std::f64::consts::PI),
    ("Milliradian", 0.18 / std::f64::consts::PI),
    ("Nanoradian", 1.8e-7 / std::f64::consts::PI),
    ("Revolution", 360.0),
];

static REFUSED: &[&str] = &["NatoMil", "Tilt"];

fn make(arguments: &[Argument]) -> Made {
    units::make("convert_angle", arguments, UNITS, REFUSED)
}
