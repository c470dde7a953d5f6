//! The faces over one rich overview and one rich answer, in both languages.

mod fixture;
mod terminal;
