//! The Windows Firewall's own log (`…Windows Firewall With Advanced Security/Firewall`): rules and settings.

use whotalks_record::Record;

use super::{Context, security_policy};
use crate::raw::RawEvent;

/// Reads one event.
pub(super) fn decode(event: &RawEvent<'_>, context: &mut Context<'_>) -> Record {
    security_policy::rule_change(event, context, &["RuleId"], &["RuleName"])
}
