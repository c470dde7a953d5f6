use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("format_bytes", Family::Conversion, PARAMETERS, Returns::STRING, make)
        .does("Writes how many bytes something has in a fitting unit.")
        .examples(&[
            example("print format_bytes(564)", "564 Bytes"),
            example("print format_bytes(10332, 1)", "10.1 KB"),
            example("print format_bytes(20010332, 2)", "19.08 MB"),
            example("print format_bytes(20010332, 0, 'KB')", "19541 KB"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("size", Accepts::NumberAsReal, "how many bytes"),
    Parameter::optional("precision", Accepts::Number, "digits after the point").constant(),
    Parameter::optional("units", Accepts::STRING, "Bytes, KB, MB, GB, TB, PB or EB").constant(),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let size = row.real(0).filter(|size| size.is_finite())?;
        let digits = usize::try_from(convert::to_long(row.value(1)).unwrap_or(0))
            .unwrap_or(0)
            .min(MOST_DIGITS);
        let wanted = Some(row.text(2)).filter(|unit| !unit.is_empty());
        let power = match wanted {
            Some(unit) => UNITS.iter().position(|known| known.eq_ignore_ascii_case(unit))?,
            None => (0..UNITS.len())
                .rev()
                .find(|power| size.abs() >= scale(*power))
                .unwrap_or(0),
        };
        let factor = 10_f64.powi(i32::try_from(digits).ok()?);
        let rounded = (size / scale(power) * factor).round() / factor;
        Some(format!("{rounded} {}", UNITS.get(power)?))
    })
}

const UNITS: [&str; 7] = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];
/// More digits after the point than a real has say nothing.
const MOST_DIGITS: usize = 15;

fn scale(power: usize) -> f64 {
    1024_f64.powi(i32::try_from(power).unwrap_or(0))
}
