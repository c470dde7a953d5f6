use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("pi", Family::Math, &[], Returns::REAL, make)
    .does("The number pi.")
    .examples(&[example("print pi()", "3.141592653589793")]);

fn make(_: &[Argument]) -> Made {
    always(|_| std::f64::consts::PI)
}
