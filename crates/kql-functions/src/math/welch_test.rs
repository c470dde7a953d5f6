use super::beta::cumulative;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("welch_test", Family::Math, PARAMETERS, Returns::REAL, make)
    .does("How likely two samples come from populations of one mean: the p-value of Welch's test.")
    .examples(&[
        example("print welch_test(5.0, 1.0, 10, 5.0, 2.0, 12)", "1.0"),
        example("print round(welch_test(20.0, 4.0, 10, 22.0, 9.0, 12), 6)", "0.077546"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("mean1", Accepts::NumberAsReal, "the mean of the first sample"),
    Parameter::new("variance1", Accepts::NumberAsReal, "its variance"),
    Parameter::new("count1", Accepts::NumberAsReal, "how many values it has"),
    Parameter::new("mean2", Accepts::NumberAsReal, "the mean of the second sample"),
    Parameter::new("variance2", Accepts::NumberAsReal, "its variance"),
    Parameter::new("count2", Accepts::NumberAsReal, "how many values it has"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let part = |index: usize| Some((row.real(index)?, row.real(index + 1)?, row.real(index + 2)?));
        let ((mean1, variance1, count1), (mean2, variance2, count2)) = (part(0)?, part(3)?);
        let (share1, share2) = (variance1 / count1, variance2 / count2);
        let statistic = (mean1 - mean2) / (share1 + share2).sqrt();
        let freedom = (share1 + share2).powi(2) / (share1.powi(2) / (count1 - 1.0) + share2.powi(2) / (count2 - 1.0));
        let x = freedom / (freedom + statistic * statistic);
        Some(cumulative(x, freedom / 2.0, 0.5)).filter(|likelihood| likelihood.is_finite())
    })
}
