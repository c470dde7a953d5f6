use super::units::{self, Unit};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "convert_speed",
    Family::Conversion,
    units::PARAMETERS,
    Returns::REAL,
    make,
)
.does("Converts a speed from one unit to another.")
.differs("The last digits may differ; units whose factor in the real engine is not known are refused.")
.examples(&[example(
    "print convert_speed(36.0, 'KilometerPerHour', 'MeterPerSecond')",
    "10.0",
)]);

/// How many MeterPerSecond each unit is.
static UNITS: &[Unit] = &[
    ("CentimeterPerHour", 1e-2 / 3600.0),
    ("CentimeterPerMinute", 1e-2 / 60.0),
    ("CentimeterPerSecond", 1e-2),
    ("FootPerHour", 0.3048 / 3600.0),
    ("FootPerMinute", 0.3048 / 60.0),
    ("FootPerSecond", 0.3048),
    ("InchPerHour", 0.0254 / 3600.0),
    ("InchPerMinute", 0.0254 / 60.0),
    ("InchPerSecond", 0.0254),
    ("KilometerPerHour", 1e3 / 3600.0),
    ("KilometerPerMinute", 1e3 / 60.0),
    ("KilometerPerSecond", 1e3),
    ("MeterPerHour", 1.0 / 3600.0),
    ("MeterPerMinute", 1.0 / 60.0),
    ("MeterPerSecond", 1.0),
    ("MillimeterPerHour", 1e-3 / 3600.0),
    ("MillimeterPerMinute", 1e-3 / 60.0),
    ("MillimeterPerSecond", 1e-3),
    ("UsSurveyFootPerHour", 0.304_800_609_601_219_2 / 3600.0),
    ("UsSurveyFootPerMinute", 0.304_800_609_601_219_2 / 60.0),
    ("UsSurveyFootPerSecond", 0.304_800_609_601_219_2),
    ("YardPerHour", 0.9144 / 3600.0),
    ("YardPerMinute", 0.9144 / 60.0),
    ("YardPerSecond", 0.9144),
    ("DecimeterPerMinute", 0.1 / 60.0),
    ("DecimeterPerSecond", 0.1),
    ("Knot", 1852.0 / 3600.0),
    ("MicrometerPerMinute", 1e-6 / 60.0),
    ("MicrometerPerSecond", 1e-6),
    ("MilePerHour", 0.447_04),
    ("NanometerPerMinute", 1e-9 / 60.0),
    ("NanometerPerSecond", 1e-9),
];

static REFUSED: &[&str] = &[];

fn make(arguments: &[Argument]) -> Made {
    units::make("convert_speed", arguments, UNITS, REFUSED)
}
