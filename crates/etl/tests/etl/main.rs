//! The reader against the writer of `testkit`, which shares no code with it, and against traces of others where they lie beside
//! the project.

mod corpus;
mod seen;
mod written;
