//! Saved hunting queries: files of the Kusto Query Language that say in their first lines what they tell and what they take.
//!
//! ```text
//! // +++
//! // title = "Connections to one address"
//! // tags = ["network"]
//! //
//! // [parameters.address]
//! // type = "string"
//! // +++
//! DeviceNetworkEvents | where RemoteIP == address
//! ```
//!
//! The front matter is TOML in comments, so that the file as a whole stays a query for every other tool. A parameter is a value of its
//! type under its name, as if a `let` had given it; it never becomes part of the text.
//!
//! | file | what it holds |
//! |---|---|
//! | `saved` | [`SavedQuery`] and what it takes |
//! | `front_matter` | the first lines of a file |
//! | `arguments` | what a user gives for the parameters, as values |
//! | `folder` | the queries of a folder |
//! | `bundled` | the queries that come along, in `data/` |

mod arguments;
mod bundled;
mod folder;
mod front_matter;
mod saved;

pub use arguments::{Argument, ArgumentError};
pub use bundled::bundled;
pub use folder::{FolderError, folder};
pub use front_matter::{FrontMatterError, of_text};
pub use saved::{Parameter, SavedQuery, Wording};
