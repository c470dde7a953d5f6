//! Filters of the Windows Filtering Platform.

use crate::{Span, Text, Timestamp};

/// The run-time identifier of a filter (`FilterRTID`, `filterId`); renumbered at boot and on policy changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilterId(pub u64);

/// Where a filter comes from: a firewall rule's identifier, or the name of a default block (`Stealth`, `Query User
/// Default`, …). Source: Microsoft "Filter origin audit log".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilterOrigin(pub Text);

/// A filter as one source states it: filters.xml, wfpstate.xml, or an event (5441 at start of the filtering engine, 5447 at
/// a change).
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// The item or record.
    pub span: Span,
    /// When it was so, by the host's clock; none for a snapshot file, whose time is that of its [`crate::Snapshot`].
    pub time: Option<Timestamp>,
    /// The number of the snapshot within its evidence; none for events.
    pub snapshot: Option<u32>,
    /// The computer, where named.
    pub host: Option<Text>,
    /// What happened to it.
    pub change: FilterChange,
    /// The run-time identifier.
    pub id: FilterId,
    /// The lasting key, a GUID in lower case with braces.
    pub key: Option<Text>,
    /// The display name; for a filter made by a firewall rule, the rule's name.
    pub name: Option<Text>,
    /// The display description.
    pub description: Option<Text>,
    /// The provider: a symbolic name (`FWPM_PROVIDER_MPSSVC_WF`), a display name, or a GUID.
    pub provider: Option<Text>,
    /// The firewall rule's identifier, where the provider data hold one.
    pub rule: Option<FilterOrigin>,
    /// The layer: a symbolic name (`FWPM_LAYER_ALE_AUTH_CONNECT_V4`), a display name or token.
    pub layer: Option<Text>,
    /// The sublayer, likewise.
    pub sublayer: Option<Text>,
    /// What it does.
    pub action: FilterAction,
    /// The effective weight, where stated.
    pub weight: Option<u64>,
    /// What must match.
    pub conditions: Vec<FilterCondition>,
}

/// What happened to a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilterChange {
    /// It was there.
    Present,
    /// It was added.
    Added,
    /// It was deleted.
    Deleted,
}

/// What a filter does (fwptypes.h `FWP_ACTION_TYPE`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilterAction {
    /// Blocks.
    Block,
    /// Permits.
    Permit,
    /// Asks a callout driver, whose answer is final.
    CalloutTerminating,
    /// Asks a callout driver that only inspects.
    CalloutInspection,
    /// Asks a callout driver that may decide.
    CalloutUnknown,
    /// Passes on to the next filter.
    Continue,
    /// Not stated or not known.
    Unknown,
}

/// One condition of a filter, in the source's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterCondition {
    /// The field (`FWPM_CONDITION_IP_REMOTE_PORT`) or its display name.
    pub field: Text,
    /// The comparison (`FWP_MATCH_EQUAL`) or its display name.
    pub comparison: Text,
    /// The value, as text: numbers decimal, addresses dotted, ranges `low-high`, application paths decoded.
    pub value: Text,
}

/// A layer's run-time identifier beside its lasting key, as wfpstate.xml lists them. Identifiers from 56 on differ between
/// versions of Windows, so an event's `LayerRTID` is only as good as the listing of the same host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterLayer {
    /// The `layer` element.
    pub span: Span,
    /// The number of the snapshot within its evidence, from 0.
    pub snapshot: u32,
    /// The run-time identifier (`layerId`, `LayerRTID`).
    pub id: u16,
    /// The lasting key: a symbolic name (`FWPM_LAYER_ALE_AUTH_CONNECT_V4`) or a GUID.
    pub key: Text,
    /// The display name, in the language of that Windows.
    pub name: Option<Text>,
}
