use crate::prelude::*;
use whotalks_kql_values::calendar::{Clock, TICKS_PER_DAY};

use super::format::{Numbers, unknown, write};

pub(super) static FUNCTION: Function =
    Function::new("format_timespan", Family::DateTime, PARAMETERS, Returns::STRING, make)
        .does("Writes a length of time by a pattern: d, h, H, m, s, f and F, with delimiters between them.")
        .examples(&[
            example(
                "print format_timespan(time(29.09:00:05.12345), 'dd.hh:mm:ss [FF]')",
                "29.09:00:05 [12]",
            ),
            example("print format_timespan(-2h - 30m, 'hh:mm')", "-02:30"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("timespan", Accepts::TIMESPAN, "the length of time"),
    Parameter::new("format", Accepts::STRING, "the pattern").constant(),
];

fn make(arguments: &[Argument]) -> Made {
    let pattern = arguments.get(1).and_then(Argument::text).unwrap_or_default();
    if let Some(letter) = unknown(pattern, "dhHmsfF") {
        let reason = Invalid::Letter(letter);
        return Err(FunctionError::InvalidConstant {
            function: "format_timespan",
            position: 2,
            reason,
        });
    }
    maybe(|row| {
        let ticks = row.timespan(0)?.ticks();
        let sign = if ticks < 0 { "-" } else { "" };
        Some(format!("{sign}{}", write(row.text(1), &numbers(ticks.checked_abs()?))))
    })
}

fn numbers(ticks: i64) -> Numbers {
    let clock = Clock::from_ticks(ticks);
    Numbers {
        year: None,
        month: None,
        day: ticks / TICKS_PER_DAY,
        hour: i64::from(clock.hour),
        minute: i64::from(clock.minute),
        second: i64::from(clock.second),
        tick: i64::from(clock.tick),
    }
}
