//! Plans of Kusto queries as bytes: an engine elsewhere (a worker of Ballista, another process) gets the plan that this one made, with
//! every function of ours in it, and runs the same.
//!
//! ```text
//! query ──Embedded::plan──► Planned ──encode──► bytes ──decode──► Planned ──Embedded::run──► Answer
//! ```
//!
//! - [`encode`] and [`decode`] are all that most need; [`Codec`] is what an engine takes that has a protocol of its own.
//! - The plan is in the protocol buffers of DataFusion (<https://docs.rs/datafusion-proto>), which know every operator; functions and
//!   tables of ours are what [`portable`](whotalks_kql_plan::portable) writes.
//! - What a plan cannot carry, the reading side has itself: see [`Surroundings`].
//! - Both sides are programs of one version, and a plan is trusted as a query is that one writes oneself: it names files.

mod codec;
mod message;

pub use codec::Codec;
pub use message::{CodecError, decode, encode};
pub use whotalks_kql_plan::portable::{NoSurroundings, Surroundings};
