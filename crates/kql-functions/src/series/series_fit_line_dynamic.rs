use super::answer::bag;
use super::series_fit_line::{PARAMETERS, parts};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_fit_line_dynamic", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does("As `series_fit_line()`, as one bag.")
        .examples(&[example("print series_fit_line_dynamic(dynamic([1, 3, 5]))", "{\"rsquare\":1.0,\"slope\":2.0,\"variance\":2.6666666666666665,\"rvariance\":0.0,\"interception\":1.0,\"line_fit\":[1.0,3.0,5.0]}")]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| parts(row).map(bag))
}
