//! Whole texts through the reader.

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod firewall_log;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod shared;
