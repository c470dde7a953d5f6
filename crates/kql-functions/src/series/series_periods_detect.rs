use super::numbers::all_reals;
use super::periods::{self, COLUMNS};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_periods_detect",
    Family::Series,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The periods in which a series repeats itself, the best first, and how well they explain it.")
.differs(periods::DIFFERENCE)
.columns(COLUMNS)
.examples(&[example(
    "print series_periods_detect(dynamic([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]), 2, 5, 1)[0]",
    "[3.0]",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("series", Accepts::Array, "the series"),
    Parameter::new("min_period", Accepts::NumberAsReal, "the shortest period"),
    Parameter::new("max_period", Accepts::NumberAsReal, "the longest period"),
    Parameter::new("num_periods", Accepts::LONG, "how many"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let series = all_reals(row.view(0)?)?;
        let (shortest, longest) = (row.real(1)?.max(2.0), row.real(2)?.min(series.len() as f64 / 2.0));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most the length of the series"
        )]
        let scores = periods::score_of(&series, longest.max(0.0) as usize + 1);
        let score = |lag: usize| scores.get(lag).copied().unwrap_or(0.0);
        let mut peaks: Vec<(f64, f64)> = (1..scores.len())
            .filter(|lag| (shortest..=longest).contains(&(*lag as f64)))
            .filter(|lag| score(*lag) > 0.0 && score(*lag) >= score(lag - 1) && score(*lag) >= score(lag + 1))
            .map(|lag| (lag as f64, score(lag)))
            .collect();
        peaks.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.total_cmp(&right.0)));
        peaks.truncate(usize::try_from(row.long(3)?).ok()?);
        Some(periods::answer(&peaks))
    })
}
