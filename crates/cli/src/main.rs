//! The `whotalks` command.

fn main() {}
