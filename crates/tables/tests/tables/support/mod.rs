//! Arbitrary records from a seed.

mod derived;
mod dice;
mod hosts;
mod packets;

pub(crate) use dice::{Dice, Make};
