//! The store from outside: batches, crashes, damage, other versions, flows beyond memory.

#[cfg(test)]
mod bloom;
#[cfg(test)]
mod crashes;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod delta;
#[cfg(test)]
mod derived;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod maintenance;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod speed;
#[cfg(test)]
mod spill;
#[cfg(test)]
#[path = "../../../tables/tests/tables/support/mod.rs"]
mod support;
#[cfg(test)]
mod writers;
