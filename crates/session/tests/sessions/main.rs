//! The flow table from outside: packets in, records out.

#[cfg(test)]
mod applications;
#[cfg(test)]
mod bounds;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod flows;
#[cfg(test)]
mod hellos;
#[cfg(test)]
mod owners;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod quic;
#[cfg(test)]
mod support;
