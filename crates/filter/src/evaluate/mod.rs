//! Evaluates a filter for a frame.

mod calculate;
mod operand;
mod range;

use std::cmp::Ordering;
use std::ops::ControlFlow;

use whotalks_fields::FrameFields;

use crate::item::Item;
use crate::program::{Comparison, Element, Operand, Test};

/// Whether the test holds for the frame.
pub(crate) fn holds(test: &Test, frame: &FrameFields<'_>) -> bool {
    match test {
        Test::Always => true,
        Test::And(parts) => parts.iter().all(|part| holds(part, frame)),
        Test::Or(parts) => parts.iter().any(|part| holds(part, frame)),
        Test::Xor(parts) => parts.iter().filter(|part| holds(part, frame)).count() % 2 == 1,
        Test::Not(part) => !holds(part, frame),
        Test::Exists(operand) => any(operand, frame, |_| true),
        Test::NotZero(operand) => any(operand, frame, |item| item.is_not_zero()),
        Test::Compare {
            every,
            comparison,
            left,
            right,
        } => pairs(*every, left, right, frame, |left, right| {
            compares(*comparison, left, right)
        }),
        Test::Matches {
            every,
            left,
            expression,
        } => values(*every, left, frame, |item| {
            item.with_bytes(|bytes| expression.is_match(bytes)).unwrap_or(false)
        }),
        Test::Among { every, left, elements } => {
            elements.iter().any(|element| is_element(*every, left, element, frame))
        }
    }
}

/// Whether a value satisfies the condition.
fn any(operand: &Operand, frame: &FrameFields<'_>, mut condition: impl FnMut(&Item<'_>) -> bool) -> bool {
    let flow = operand.each(frame, &mut |item| match condition(item) {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    });
    flow.is_break()
}

/// Whether a value satisfies the condition; or every value, and there is one.
fn values(every: bool, operand: &Operand, frame: &FrameFields<'_>, condition: impl Fn(&Item<'_>) -> bool) -> bool {
    if !every {
        return any(operand, frame, condition);
    }
    let mut is_there = false;
    let fails = any(operand, frame, |item| {
        is_there = true;
        !condition(item)
    });
    is_there && !fails
}

/// Whether a pair of values satisfies the condition; or every pair, and there is one.
fn pairs(
    every: bool,
    left: &Operand,
    right: &Operand,
    frame: &FrameFields<'_>,
    condition: impl Fn(&Item<'_>, &Item<'_>) -> bool,
) -> bool {
    values(every, left, frame, |left| {
        values(every, right, frame, |right| condition(left, right))
    })
}

/// Values of types that do not compare are neither equal nor unequal.
fn compares(comparison: Comparison, left: &Item<'_>, right: &Item<'_>) -> bool {
    if comparison == Comparison::Contains {
        return contains(left, right);
    }
    left.order(right).is_some_and(|order| match comparison {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::Unequal => order != Ordering::Equal,
        Comparison::Greater => order == Ordering::Greater,
        Comparison::GreaterOrEqual => order != Ordering::Less,
        Comparison::Less => order == Ordering::Less,
        Comparison::LessOrEqual => order != Ordering::Greater,
        Comparison::Contains => false,
    })
}

fn contains(left: &Item<'_>, right: &Item<'_>) -> bool {
    let found = left.with_bytes(|bytes| right.with_bytes(|part| has_part(bytes, part)));
    found.flatten().unwrap_or(false)
}

fn has_part(bytes: &[u8], part: &[u8]) -> bool {
    match part.len() {
        0 => true,
        length => bytes.windows(length).any(|window| window == part),
    }
}

/// Whether a value, or every value, equals the element or lies in its range.
fn is_element(every: bool, left: &Operand, element: &Element, frame: &FrameFields<'_>) -> bool {
    let Some(high) = &element.high else {
        return pairs(every, left, &element.low, frame, |left, right| {
            compares(Comparison::Equal, left, right)
        });
    };
    values(every, left, frame, |item| {
        let is_bound = |bound, comparison| any(bound, frame, |bound| compares(comparison, item, bound));
        is_bound(&element.low, Comparison::GreaterOrEqual) && is_bound(high, Comparison::LessOrEqual)
    })
}
