//! Support bundles and the settings of hosts.

use crate::messages::macros::messages;

messages! {
    /// Support bundles and the settings of hosts.
    HostMessage {
        LabelBundle = "label-bundle",
        LabelSettings = "label-settings",
        Bundle { computer: String, stamp: String, pieces: u64, start: u64, stop: u64 } = "bundle",
        BundleOwn { count: u64 } = "bundle-own",
        BundleComplete = "bundle-complete",
        MissingSecurityLog = "missing-security-log",
        MissingPackets = "missing-packets",
        MissingSocketList = "missing-socket-list",
        MissingProcessList = "missing-process-list",
        MissingAddresses = "missing-addresses",
        MissingResolverCache = "missing-resolver-cache",
        MissingFilterDump = "missing-filter-dump",
        MissingAuditPolicy = "missing-audit-policy",
        MissingDefender = "missing-defender",
        MissingProxy = "missing-proxy",
        SettingOfHost { host: String, setting: String } = "setting-of-host",
        SettingRealTimeOn = "setting-real-time-on",
        SettingRealTimeOff = "setting-real-time-off",
        SettingNetworkProtectionOff = "setting-network-protection-off",
        SettingNetworkProtectionBlock = "setting-network-protection-block",
        SettingNetworkProtectionAudit = "setting-network-protection-audit",
        SettingNetworkProtectionOther { mode: String } = "setting-network-protection-other",
        SettingSystemProxy { proxy: String } = "setting-system-proxy",
        SettingSystemDirect = "setting-system-direct",
        SettingUserProxyOn { proxy: String } = "setting-user-proxy-on",
        SettingUserProxyOff { proxy: String } = "setting-user-proxy-off",
        SettingUserProxyUnstated { proxy: String } = "setting-user-proxy-unstated",
        SettingProxyScript { address: String } = "setting-proxy-script",
        SettingAuditNone { source: String } = "setting-audit-none",
        SettingAuditSuccess { source: String } = "setting-audit-success",
        SettingAuditFailure { source: String } = "setting-audit-failure",
        SettingAuditBoth { source: String } = "setting-audit-both",
    }
}
