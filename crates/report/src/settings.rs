//! Settings of the observed hosts that decide what their evidence means: protection, proxies, what is audited.

use rustc_hash::FxHashSet;
use whotalks_correlate::audited_source;
use whotalks_record::{DeviceFact, DeviceFactKind, SourceKind, Span, Text};

use crate::Citation;
use crate::proof::{Citer, Proof};
use crate::sources::Sources;

/// The most settings that are told; a domain's worth of bundles has some hundreds.
const MOST_SETTINGS: usize = 500;
/// What facts of `netsh winhttp` are about.
const WINHTTP: &str = "winhttp";
/// The value of a proxy that is none.
const DIRECT: &str = "direct";

/// A setting of one host, with its proof. The same setting with another value at another moment is another line.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingLine {
    /// The host's name or nothing where it is not known.
    pub host: Option<Text>,
    /// What is set.
    pub setting: Setting,
    /// The proof.
    pub citations: Vec<Citation>,
}

/// What is set on a host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    /// Real-time protection of Defender.
    RealTimeProtection {
        /// Whether it is on.
        on: bool,
    },
    /// Network protection of Defender.
    NetworkProtection {
        /// `off`, `block`, `audit`, or the number as listed.
        mode: Text,
    },
    /// The proxy of services and programs over WinHTTP.
    SystemProxy {
        /// The proxy; none where connections go out directly.
        proxy: Option<Text>,
    },
    /// The proxy of a user.
    UserProxy {
        /// The proxy.
        proxy: Text,
        /// Whether it is switched on; none where that is not listed.
        enabled: Option<bool>,
    },
    /// The script that chooses the proxy of a user.
    ProxyScript {
        /// Its address.
        address: Text,
    },
    /// What the host writes into its Security log.
    Audit {
        /// The source of that subcategory.
        source: SourceKind,
        /// `none`, `success`, `failure` or `success-and-failure`.
        value: Text,
    },
}

/// A setting before its proof is put into words.
pub(crate) struct RawSetting {
    host: Option<Text>,
    setting: Setting,
    proof: Proof,
}

/// All settings that are told, in the order of the evidence.
pub(crate) fn settings(sources: &Sources<'_>) -> Vec<RawSetting> {
    let mut found: Vec<RawSetting> = Vec::new();
    let mut seen: FxHashSet<(Option<Text>, Setting)> = FxHashSet::default();
    for fact in &sources.observed.device_facts {
        let Some(setting) = setting(fact, &sources.observed.device_facts) else {
            continue;
        };
        let host = sources.host_of(fact.span.evidence);
        if found.len() < MOST_SETTINGS && seen.insert((host.clone(), setting.clone())) {
            let proof = Proof::of([fact.span]);
            found.push(RawSetting { host, setting, proof });
        }
    }
    found
}

impl RawSetting {
    pub(crate) fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.proof.spans().iter().copied()
    }

    pub(crate) fn cited(self, citer: &Citer<'_>) -> SettingLine {
        SettingLine {
            citations: citer.cite(&self.proof),
            host: self.host,
            setting: self.setting,
        }
    }
}

fn setting(fact: &DeviceFact, all: &[DeviceFact]) -> Option<Setting> {
    let value = || Text::clone(&fact.value);
    let of_system = fact.about.as_deref() == Some(WINHTTP);
    Some(match fact.kind {
        DeviceFactKind::RealTimeProtection => Setting::RealTimeProtection {
            on: &*fact.value == "true",
        },
        DeviceFactKind::NetworkProtection => Setting::NetworkProtection { mode: value() },
        DeviceFactKind::Proxy if of_system => Setting::SystemProxy {
            proxy: Some(value()).filter(|proxy| &**proxy != DIRECT),
        },
        DeviceFactKind::Proxy => Setting::UserProxy {
            proxy: value(),
            enabled: enabled(fact, all),
        },
        DeviceFactKind::ProxyScript => Setting::ProxyScript { address: value() },
        DeviceFactKind::AuditSetting => {
            let guid = fact.about.as_deref()?;
            Setting::Audit {
                source: audited_source(guid)?,
                value: value(),
            }
        }
        _ => return None,
    })
}

/// Whether the same key of the same listing says that its proxy is in use.
fn enabled(proxy: &DeviceFact, all: &[DeviceFact]) -> Option<bool> {
    let same = |fact: &&DeviceFact| {
        fact.kind == DeviceFactKind::ProxyEnabled
            && fact.about == proxy.about
            && fact.span.evidence == proxy.span.evidence
            && fact.snapshot == proxy.snapshot
    };
    all.iter().find(same).map(|fact| &*fact.value == "true")
}
