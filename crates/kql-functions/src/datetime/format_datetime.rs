use super::format::{Numbers, unknown, write};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("format_datetime", Family::DateTime, PARAMETERS, Returns::STRING, make)
        .does("Writes a time by a pattern: y, M, d, h, H, m, s, f, F and tt, with delimiters between them.")
        .examples(&[
            example(
                "print format_datetime(datetime(2017-01-29 09:00:05), 'yy-MM-dd [hh:mm:ss tt]')",
                "17-01-29 [09:00:05 AM]",
            ),
            example(
                "print format_datetime(datetime(2020-06-15 13:45:09.123), 'yyyy-MM-dd HH:mm:ss.fff')",
                "2020-06-15 13:45:09.123",
            ),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("date", Accepts::DATETIME, "the time"),
    Parameter::new("format", Accepts::STRING, "the pattern").constant(),
];

fn make(arguments: &[Argument]) -> Made {
    let pattern = arguments.get(1).and_then(Argument::text).unwrap_or_default();
    if let Some(letter) = unknown(pattern, "yMdhHmsfFt") {
        let reason = Invalid::Letter(letter);
        return Err(FunctionError::InvalidConstant {
            function: "format_datetime",
            position: 2,
            reason,
        });
    }
    maybe(|row| row.datetime(0).map(|time| write(row.text(1), &numbers(time))))
}

fn numbers(time: DateTime) -> Numbers {
    let (date, clock) = (time.date(), time.clock());
    Numbers {
        year: Some(i64::from(date.year)),
        month: Some(i64::from(date.month)),
        day: i64::from(date.day),
        hour: i64::from(clock.hour),
        minute: i64::from(clock.minute),
        second: i64::from(clock.second),
        tick: i64::from(clock.tick),
    }
}
