use super::units::{self, Unit};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "convert_volume",
    Family::Conversion,
    units::PARAMETERS,
    Returns::REAL,
    make,
)
.does("Converts a volume from one unit to another.")
.differs("The last digits may differ; units whose factor in the real engine is not known are refused.")
.examples(&[example(
    "print round(convert_volume(1.2, 'CubicMeter', 'AcreFoot'), 10)",
    "0.0009728568",
)]);

/// How many CubicMeter each unit is.
static UNITS: &[Unit] = &[
    ("AcreFoot", 1.0 / 0.000_810_714),
    ("Centiliter", 1e-5),
    ("CubicCentimeter", 1e-6),
    ("CubicDecimeter", 1e-3),
    ("CubicFoot", 0.028_316_846_592),
    ("CubicHectometer", 1e6),
    ("CubicInch", 1.638_706_4e-5),
    ("CubicKilometer", 1e9),
    ("CubicMeter", 1.0),
    ("CubicMicrometer", 1e-18),
    ("CubicMillimeter", 1e-9),
    ("CubicYard", 0.764_554_857_984),
    ("Decaliter", 1e-2),
    ("Deciliter", 1e-4),
    ("HectocubicFoot", 2.831_684_659_2),
    ("HectocubicMeter", 100.0),
    ("Hectoliter", 0.1),
    ("ImperialGallon", 0.004_546_09),
    ("KilocubicFoot", 28.316_846_592),
    ("KilocubicMeter", 1e3),
    ("Kiloliter", 1.0),
    ("Liter", 1e-3),
    ("MegacubicFoot", 28_316.846_592),
    ("Megaliter", 1e3),
    ("Microliter", 1e-9),
    ("Milliliter", 1e-6),
    ("OilBarrel", 0.158_987_294_928),
    ("UsGallon", 0.003_785_411_784),
];

static REFUSED: &[&str] = &[
    "AuTablespoon",
    "BoardFoot",
    "CubicMile",
    "DecausGallon",
    "DeciusGallon",
    "HectousGallon",
    "ImperialBeerBarrel",
    "ImperialOunce",
    "ImperialPint",
    "KiloimperialGallon",
    "KilousGallon",
    "MegaimperialGallon",
    "MegausGallon",
    "MetricCup",
    "MetricTeaspoon",
    "UkTablespoon",
    "UsBeerBarrel",
    "UsCustomaryCup",
    "UsLegalCup",
    "UsOunce",
    "UsPint",
    "UsQuart",
    "UsTablespoon",
    "UsTeaspoon",
];

fn make(arguments: &[Argument]) -> Made {
    units::make("convert_volume", arguments, UNITS, REFUSED)
}
