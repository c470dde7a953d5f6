use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("parse_version", Family::Parsing, PARAMETERS, Returns::DECIMAL, make)
        .does("Makes a number of a version, so that versions can be compared.")
        .examples(&[
            example("print parse_version('1.2.3') < parse_version('1.10')", "True"),
            example("print parse_version('1.0') == parse_version('1')", "True"),
            example("print parse_version('1.x')", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new(
    "version",
    Accepts::STRING,
    "one to four numbers with points between them",
)];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let parts: Vec<&str> = row.text(0).split('.').collect();
        if parts.len() > PARTS {
            return None;
        }
        let mut version = 0_i128;
        for index in 0..PARTS {
            let part = parts.get(index).copied().unwrap_or("0");
            let known = (1..=DIGITS).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            version = version * WEIGHT + known.then(|| part.parse::<i128>().ok())??;
        }
        Decimal::from_scaled(version)
    })
}

const PARTS: usize = 4;
/// How many digits a part may have.
const DIGITS: usize = 8;
/// One more than the largest part.
const WEIGHT: i128 = 100_000_000;
