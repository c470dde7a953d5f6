//! Support bundles and the settings of hosts.

use serde_json::{Value, json};
use whotalks_report::{BundlePart, MissingPart, Setting, SettingLine, SupportBundle};

use super::value::{citations, list, maybe, remedy, text};
use super::vocabulary::source;

pub(super) fn bundles(bundles: &[SupportBundle]) -> Value {
    list(bundles, |bundle| {
        json!({
            "computer": bundle.computer.as_ref(),
            "stamp": bundle.stamp.as_ref(),
            "pieces": bundle.pieces,
            "at_start": bundle.at_start,
            "at_stop": bundle.at_stop,
            "missing": list(&bundle.missing, missing),
            "own_conversations": bundle.own_conversations,
        })
    })
}

fn missing(missing: &MissingPart) -> Value {
    json!({ "part": part(missing.part), "remedy": maybe(missing.remedy.as_ref(), remedy) })
}

const fn part(part: BundlePart) -> &'static str {
    match part {
        BundlePart::SecurityLog => "security_log",
        BundlePart::Packets => "packets",
        BundlePart::SocketList => "socket_list",
        BundlePart::ProcessList => "process_list",
        BundlePart::Addresses => "addresses",
        BundlePart::ResolverCache => "resolver_cache",
        BundlePart::FilterDump => "filter_dump",
        BundlePart::AuditPolicy => "audit_policy",
        BundlePart::Defender => "defender",
        BundlePart::Proxy => "proxy",
    }
}

pub(super) fn settings(settings: &[SettingLine]) -> Value {
    list(settings, |line| {
        json!({
            "host": text(line.host.as_ref()),
            "setting": setting(&line.setting),
            "citations": citations(&line.citations),
        })
    })
}

/// An object with `kind` and the fields of that kind.
fn setting(setting: &Setting) -> Value {
    match setting {
        Setting::RealTimeProtection { on } => json!({ "kind": "real_time_protection", "on": on }),
        Setting::NetworkProtection { mode } => json!({ "kind": "network_protection", "mode": mode.as_ref() }),
        Setting::SystemProxy { proxy } => json!({ "kind": "system_proxy", "proxy": text(proxy.as_ref()) }),
        Setting::UserProxy { proxy, enabled } => {
            json!({ "kind": "user_proxy", "proxy": proxy.as_ref(), "enabled": enabled })
        }
        Setting::ProxyScript { address } => json!({ "kind": "proxy_script", "address": address.as_ref() }),
        Setting::Audit { source: kind, value } => {
            json!({ "kind": "audit", "source": source(*kind), "value": value.as_ref() })
        }
    }
}
