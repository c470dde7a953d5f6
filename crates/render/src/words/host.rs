//! Support bundles and the settings of hosts as sentences.

use whotalks_record::SourceKind;
use whotalks_report::{BundlePart, Setting, SettingLine, SupportBundle};

use super::{Words, quote};
use crate::messages::HostMessage as Message;

impl Words {
    /// What a bundle is and what of it is left out, one line each.
    pub fn bundle(&self, bundle: &SupportBundle) -> Vec<String> {
        let mut lines = vec![self.text(&Message::Bundle {
            computer: quote(&bundle.computer),
            stamp: quote(&bundle.stamp),
            pieces: bundle.pieces,
            start: bundle.at_start,
            stop: bundle.at_stop,
        })];
        if bundle.own_conversations > 0 {
            let count = bundle.own_conversations;
            lines.push(self.text(&Message::BundleOwn { count }));
        }
        if bundle.missing.is_empty() {
            lines.push(self.text(&Message::BundleComplete));
        }
        lines
    }

    /// What the absence of a part costs.
    pub fn missing_part(&self, part: BundlePart) -> String {
        self.text(&match part {
            BundlePart::SecurityLog => Message::MissingSecurityLog,
            BundlePart::Packets => Message::MissingPackets,
            BundlePart::SocketList => Message::MissingSocketList,
            BundlePart::ProcessList => Message::MissingProcessList,
            BundlePart::Addresses => Message::MissingAddresses,
            BundlePart::ResolverCache => Message::MissingResolverCache,
            BundlePart::FilterDump => Message::MissingFilterDump,
            BundlePart::AuditPolicy => Message::MissingAuditPolicy,
            BundlePart::Defender => Message::MissingDefender,
            BundlePart::Proxy => Message::MissingProxy,
        })
    }

    /// A setting of a host.
    pub fn setting(&self, line: &SettingLine) -> String {
        let setting = self.setting_alone(&line.setting);
        match &line.host {
            Some(host) => self.text(&Message::SettingOfHost {
                host: quote(host),
                setting,
            }),
            None => setting,
        }
    }

    fn setting_alone(&self, setting: &Setting) -> String {
        self.text(&match setting {
            Setting::RealTimeProtection { on: true } => Message::SettingRealTimeOn,
            Setting::RealTimeProtection { on: false } => Message::SettingRealTimeOff,
            Setting::NetworkProtection { mode } => network_protection(mode),
            Setting::SystemProxy { proxy: Some(proxy) } => Message::SettingSystemProxy { proxy: quote(proxy) },
            Setting::SystemProxy { proxy: None } => Message::SettingSystemDirect,
            Setting::UserProxy { proxy, enabled } => user_proxy(quote(proxy), *enabled),
            Setting::ProxyScript { address } => Message::SettingProxyScript {
                address: quote(address),
            },
            Setting::Audit { source, value } => self.audit(*source, value),
        })
    }

    fn audit(&self, source: SourceKind, value: &str) -> Message {
        let source = self.source(source);
        match value {
            "success" => Message::SettingAuditSuccess { source },
            "failure" => Message::SettingAuditFailure { source },
            "success-and-failure" => Message::SettingAuditBoth { source },
            _ => Message::SettingAuditNone { source },
        }
    }
}

fn network_protection(mode: &str) -> Message {
    match mode {
        "off" => Message::SettingNetworkProtectionOff,
        "block" => Message::SettingNetworkProtectionBlock,
        "audit" => Message::SettingNetworkProtectionAudit,
        other => Message::SettingNetworkProtectionOther { mode: quote(other) },
    }
}

const fn user_proxy(proxy: String, enabled: Option<bool>) -> Message {
    match enabled {
        Some(true) => Message::SettingUserProxyOn { proxy },
        Some(false) => Message::SettingUserProxyOff { proxy },
        None => Message::SettingUserProxyUnstated { proxy },
    }
}
