//! Proves the product on data.

fn main() {}
