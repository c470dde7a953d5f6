//! The tables from outside: exact round trips, other versions, and what becomes of a conversation.

#[cfg(test)]
mod conversations;
#[cfg(test)]
mod evolution;
#[cfg(test)]
mod hunting;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod support;
