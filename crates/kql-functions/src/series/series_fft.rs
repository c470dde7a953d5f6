use super::fourier::{self, COLUMNS};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_fft",
    Family::Series,
    fourier::PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The Fourier transform of a series: real and imaginary parts.")
.columns(COLUMNS)
.examples(&[example(
    "print series_fft(dynamic([1, 1, 1, 1]))",
    "[[4.0,0.0,0.0,0.0],[0.0,0.0,0.0,0.0]]",
)]);

fn make(_: &[Argument]) -> Made {
    fourier::make(-1.0)
}
