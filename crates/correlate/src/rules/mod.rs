//! Which process a flow belongs to: one rule per file. A rule adds claims with their proof; nothing is first-match-wins.

mod bind;
mod call;
mod claim;
mod exact_event;
mod exact_snapshot;
mod listener;
mod packet_owner;
mod relay;
mod subject;

pub(crate) use bind::BindIndex;
pub(crate) use call::{CallIndex, Called};
pub(crate) use claim::{Claim, decide};
pub(crate) use exact_event::{EventIndex, IndexedEvent, LONGEST_TRAIL};
pub(crate) use exact_snapshot::{ListedSocket, SocketIndex};
pub(crate) use listener::ListenerIndex;
pub(crate) use packet_owner::OwnerIndex;
pub(crate) use relay::{OutsideLeg, RelayIndex};
pub(crate) use subject::{Subject, TupleKey};
