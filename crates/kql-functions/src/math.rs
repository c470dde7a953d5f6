//! Numbers.

mod abs;
mod acos;
mod asin;
mod atan;
mod atan2;
pub(crate) mod beta;
mod beta_cdf;
mod beta_inv;
mod beta_pdf;
mod bin;
mod bin_at;
mod ceiling;
mod cos;
mod cot;
mod degrees;
mod erf;
mod erfc;
mod exp;
mod exp10;
mod exp2;
mod gamma;
mod log;
mod log10;
mod log2;
mod loggamma;
mod pi;
mod pow;
mod radians;
mod round;
mod sign;
mod sin;
mod sqrt;
mod tan;
mod welch_test;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &abs::FUNCTION,
    &acos::FUNCTION,
    &asin::FUNCTION,
    &atan::FUNCTION,
    &atan2::FUNCTION,
    &beta_cdf::FUNCTION,
    &beta_inv::FUNCTION,
    &beta_pdf::FUNCTION,
    &bin::FUNCTION,
    &bin_at::FUNCTION,
    &ceiling::FUNCTION,
    &cos::FUNCTION,
    &cot::FUNCTION,
    &degrees::FUNCTION,
    &erf::FUNCTION,
    &erfc::FUNCTION,
    &exp::FUNCTION,
    &exp10::FUNCTION,
    &exp2::FUNCTION,
    &gamma::FUNCTION,
    &log::FUNCTION,
    &log10::FUNCTION,
    &log2::FUNCTION,
    &loggamma::FUNCTION,
    &pi::FUNCTION,
    &pow::FUNCTION,
    &radians::FUNCTION,
    &round::FUNCTION,
    &sign::FUNCTION,
    &sin::FUNCTION,
    &sqrt::FUNCTION,
    &tan::FUNCTION,
    &welch_test::FUNCTION,
];
