//! Known endpoints, what they are for and how to turn the feature behind them off; system processes and services of Windows.
//!
//! The knowledge is data, in the tab-separated files below `data/`; this crate reads, checks and searches it. Every text exists
//! in English and in Japanese ([`Bilingual`]). Facts carry their [`Source`]; what could not be confirmed stays in the data as
//! [`Support::Unverified`] and is never answered.
//!
//! | file | what it holds |
//! |---|---|
//! | `catalogue` | [`Catalogue`]: loading and all lookups |
//! | `endpoint`, `pattern` | host name patterns, most specific first |
//! | `shared_host` | suffixes of delivery networks and clouds, which make nothing known |
//! | `feature`, `turn_off` | what the traffic is for, who causes it, how to end it, what breaks |
//! | `system_process`, `image_path` | where Windows' own programs live |
//! | `look_alike` | names that imitate them |
//! | `service`, `address` | Windows services; addresses with a published meaning |
//!
//! ```
//! let catalogue = whotalks_catalogue::Catalogue::bundled();
//! let known = catalogue.endpoint("v10.events.data.microsoft.com", None).expect("a documented endpoint");
//! assert_eq!(known.feature.id, "diag");
//! assert_eq!(known.turn_offs[0].services, ["DiagTrack"]);
//! assert!(catalogue.endpoint("e1234.dscb.akamaiedge.net", None).is_none());
//! assert_eq!(catalogue.look_alike("spollsv.exe").map(|it| it.of.image.as_str()), Some("spoolsv.exe"));
//! ```

mod address;
mod bundled;
mod catalogue;
mod endpoint;
mod error;
mod feature;
mod image_path;
mod look_alike;
mod pattern;
mod service;
mod shared_host;
mod source;
mod system_process;
mod table;
mod text;
mod turn_off;

pub use address::AddressRange;
pub use catalogue::{Catalogue, WrongPath};
pub use endpoint::{Endpoint, EndpointMatch};
pub use error::DataError;
pub use feature::{CallerRule, CallerVerdict, Callers, Feature};
pub use look_alike::{LookAlike, Resemblance};
pub use pattern::{DomainPattern, PatternError};
pub use service::Service;
pub use shared_host::SharedHost;
pub use source::{Source, Support};
pub use system_process::{Account, SystemProcess};
pub use text::Bilingual;
pub use turn_off::{Hive, Policy, RegistryData, RegistryValue, Scope, TurnOff};
