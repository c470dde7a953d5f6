use super::fourier::{self, COLUMNS};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "series_ifft",
    Family::Series,
    fourier::PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The series that a Fourier transform came from: real and imaginary parts.")
.columns(COLUMNS)
.examples(&[example(
    "print series_ifft(dynamic([4, 0, 0, 0]), dynamic([0, 0, 0, 0]))",
    "[[1.0,1.0,1.0,1.0],[0.0,0.0,0.0,0.0]]",
)]);

fn make(_: &[Argument]) -> Made {
    fourier::make(1.0)
}
