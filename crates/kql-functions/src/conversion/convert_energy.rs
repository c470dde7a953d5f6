use super::units::{self, Unit};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "convert_energy",
    Family::Conversion,
    units::PARAMETERS,
    Returns::REAL,
    make,
)
.does("Converts an amount of energy from one unit to another.")
.differs("The last digits may differ; units whose factor in the real engine is not known are refused.")
.examples(&[example("print convert_energy(3.6, 'Megajoule', 'KilowattHour')", "1.0")]);

/// How many Joule each unit is.
static UNITS: &[Unit] = &[
    ("BritishThermalUnit", 1_055.055_852_62),
    ("Calorie", 4.184),
    ("ElectronVolt", 1.602_176_634e-19),
    ("Erg", 1e-7),
    ("FootPound", 1.355_817_948_331_400_4),
    ("GigabritishThermalUnit", 1.055_055_852_62e12),
    ("GigaelectronVolt", 1.602_176_634e-10),
    ("Gigajoule", 1e9),
    ("GigawattDay", 8.64e13),
    ("GigawattHour", 3.6e12),
    ("Joule", 1.0),
    ("KilobritishThermalUnit", 1.055_055_852_62e6),
    ("Kilocalorie", 4184.0),
    ("KiloelectronVolt", 1.602_176_634e-16),
    ("Kilojoule", 1e3),
    ("KilowattDay", 8.64e7),
    ("KilowattHour", 3.6e6),
    ("MegabritishThermalUnit", 1.055_055_852_62e9),
    ("Megacalorie", 4.184e6),
    ("MegaelectronVolt", 1.602_176_634e-13),
    ("Megajoule", 1e6),
    ("MegawattDay", 8.64e10),
    ("MegawattHour", 3.6e9),
    ("Millijoule", 1e-3),
    ("TeraelectronVolt", 1.602_176_634e-7),
    ("TerawattDay", 8.64e16),
    ("TerawattHour", 3.6e15),
    ("WattDay", 86_400.0),
    ("WattHour", 3600.0),
];

static REFUSED: &[&str] = &[
    "DecathermEc",
    "DecathermImperial",
    "DecathermUs",
    "HorsepowerHour",
    "ThermEc",
    "ThermImperial",
    "ThermUs",
];

fn make(arguments: &[Argument]) -> Made {
    units::make("convert_energy", arguments, UNITS, REFUSED)
}
