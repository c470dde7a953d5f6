//! What a piece of evidence is, told by its content.

/// The formats that can be told apart. A word of [`Format::word`] stands in the manifest; it is the same in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A libpcap capture.
    Pcap,
    /// A pcapng capture.
    PcapNg,
    /// A Microsoft Network Monitor capture, version 1 or 2.
    NetMon,
    /// A snoop capture, RFC 1761.
    Snoop,
    /// A Windows event log.
    Evtx,
    /// Windows events as XML.
    EventXml,
    /// Windows events as JSON lines.
    EventJson,
    /// Output of `netstat`, of Windows or Linux.
    Netstat,
    /// Output of `tasklist`.
    Tasklist,
    /// Output of `ss`.
    Ss,
    /// Output of `ipconfig`.
    Ipconfig,
    /// Output of `ipconfig /displaydns` or `Get-DnsClientCache`.
    DnsCache,
    /// Output of `route print` or `netstat -r`.
    RouteTable,
    /// Output of `arp -a`.
    Arp,
    /// Output of `systeminfo`.
    Systeminfo,
    /// Output of `Get-NetTCPConnection` or `Get-NetUDPEndpoint`.
    SocketObjects,
    /// Output of `Get-MpComputerStatus` or `Get-MpPreference`.
    DefenderSettings,
    /// Output of `Get-NetFirewallRule`.
    FirewallRules,
    /// Output of `netsh winhttp show proxy`.
    ProxySettings,
    /// Registry text with settings that a reader knows.
    RegistrySettings,
    /// Output of `auditpol /get /r` or `auditpol /backup`.
    Auditpol,
    /// `netsh wfp show filters`.
    WfpFilters,
    /// `netsh wfp show state`, alone or in the XML of `netsh wfp capture`.
    WfpState,
    /// The text log of the Windows Firewall.
    FirewallLog,
    /// `netsh wfp show netevents`.
    WfpNetworkEvents,
    /// Event Trace Log.
    Etl,

    /// gzip, RFC 1952.
    Gzip,
    /// Zstandard, RFC 8878.
    Zstd,
    /// A zip archive that is not a document.
    Zip,
    /// A Windows cabinet.
    Cab,

    /// A folder that could not be listed whole, or that holds nothing.
    Folder,
    /// A symbolic link; not followed.
    Symlink,
    /// A pipe, socket or device; not opened.
    SpecialFile,
    /// No bytes at all.
    Empty,
    /// A member of an archive that is encrypted.
    Encrypted,
    /// Nothing is known, as the bytes could not be had.
    Unreadable,

    /// An event log of Windows XP and 2003.
    Evt,
    /// A 7-Zip archive.
    SevenZip,
    /// A RAR archive.
    Rar,
    /// A tar archive.
    Tar,
    /// A bzip2 stream.
    Bzip2,
    /// An xz stream.
    Xz,
    /// An LZ4 frame.
    Lz4,
    /// A Word document.
    Docx,
    /// An Excel workbook.
    Xlsx,
    /// A PowerPoint presentation.
    Pptx,
    /// Another Office Open XML package.
    OfficePackage,
    /// An OpenDocument file.
    OpenDocument,
    /// A Java archive.
    Jar,
    /// An OLE compound file: old Office documents, MSI, MSG.
    OleCompound,
    /// PDF.
    Pdf,
    /// RTF.
    Rtf,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// BMP.
    Bmp,
    /// A Windows program or library.
    WindowsExecutable,
    /// A Linux program or library.
    Elf,
    /// A Windows crash dump.
    CrashDump,
    /// A registry hive.
    RegistryHive,
    /// A registry export in text.
    RegistryExport,
    /// A Windows prefetch file.
    Prefetch,
    /// A Windows shortcut.
    Shortcut,
    /// An SQLite database.
    Sqlite,
    /// An ESE database (SRUM and others).
    EseDatabase,
    /// An Apache Parquet file.
    Parquet,

    /// A log of Zeek, tab-separated or JSON.
    ZeekLog,
    /// EVE JSON of Suricata.
    SuricataEve,
    /// A log of Internet Information Services.
    IisLog,
    /// Another W3C extended log.
    W3cLog,
    /// The native log of squid.
    SquidLog,
    /// A web server log in the common or combined format.
    WebLog,
    /// The access log of a cloud load balancer.
    LoadBalancerLog,
    /// syslog.
    Syslog,
    /// Azure network security group flow log.
    AzureFlowLog,
    /// Microsoft Defender advanced hunting rows.
    DefenderJson,
    /// Output of `netstat` of a BSD or of macOS.
    BsdNetstat,
    /// Output of `lsof`.
    Lsof,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    TabSeparated,
    /// Other JSON.
    Json,
    /// Other XML.
    Xml,
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
    /// Other text.
    Text,
    /// Other bytes.
    Binary,
}

/// What is done with a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A reader turns it into records.
    Read,
    /// It is unpacked and its members are looked at.
    Unpack,
    /// It is named in the manifest and not read.
    Name,
}

impl Format {
    /// What is done with it.
    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Self::Pcap
            | Self::PcapNg
            | Self::NetMon
            | Self::Snoop
            | Self::Evtx
            | Self::EventXml
            | Self::EventJson
            | Self::Netstat
            | Self::Tasklist
            | Self::Ss
            | Self::Ipconfig
            | Self::DnsCache
            | Self::RouteTable
            | Self::Arp
            | Self::Systeminfo
            | Self::SocketObjects
            | Self::DefenderSettings
            | Self::FirewallRules
            | Self::ProxySettings
            | Self::RegistrySettings
            | Self::Auditpol
            | Self::WfpFilters
            | Self::WfpState
            | Self::FirewallLog
            | Self::WfpNetworkEvents
            | Self::Etl => Role::Read,
            Self::Gzip | Self::Zstd | Self::Zip | Self::Cab => Role::Unpack,
            _ => Role::Name,
        }
    }

    /// Whether it is a capture, whose statements are packets. A trace may hold packets beside other events.
    #[must_use]
    pub const fn is_capture(self) -> bool {
        matches!(self, Self::Pcap | Self::PcapNg | Self::NetMon | Self::Snoop | Self::Etl)
    }

    /// Its word in the manifest.
    #[must_use]
    pub fn word(self) -> &'static str {
        WORDS
            .iter()
            .find_map(|(format, word)| (*format == self).then_some(*word))
            .unwrap_or("binary")
    }

    /// The format of a word, as a manifest read back from a case has it.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        WORDS
            .iter()
            .find_map(|(format, known)| (*known == word).then_some(*format))
    }

    /// Every format.
    pub fn all() -> impl Iterator<Item = Self> {
        WORDS.iter().map(|(format, _)| *format)
    }
}

const WORDS: &[(Format, &str)] = &[
    (Format::Pcap, "pcap"),
    (Format::PcapNg, "pcapng"),
    (Format::NetMon, "netmon"),
    (Format::Snoop, "snoop"),
    (Format::Evtx, "evtx"),
    (Format::EventXml, "event-xml"),
    (Format::EventJson, "event-json"),
    (Format::Netstat, "netstat"),
    (Format::Tasklist, "tasklist"),
    (Format::Ss, "ss"),
    (Format::Ipconfig, "ipconfig"),
    (Format::DnsCache, "dns-cache"),
    (Format::RouteTable, "route-table"),
    (Format::Arp, "arp"),
    (Format::Systeminfo, "systeminfo"),
    (Format::SocketObjects, "socket-objects"),
    (Format::DefenderSettings, "defender-settings"),
    (Format::FirewallRules, "firewall-rules"),
    (Format::ProxySettings, "proxy-settings"),
    (Format::RegistrySettings, "registry-settings"),
    (Format::Auditpol, "auditpol"),
    (Format::WfpFilters, "wfp-filters"),
    (Format::WfpState, "wfp-state"),
    (Format::FirewallLog, "firewall-log"),
    (Format::WfpNetworkEvents, "wfp-network-events"),
    (Format::Etl, "etl"),
    (Format::Gzip, "gzip"),
    (Format::Zstd, "zstd"),
    (Format::Zip, "zip"),
    (Format::Cab, "cab"),
    (Format::Folder, "folder"),
    (Format::Symlink, "symlink"),
    (Format::SpecialFile, "special-file"),
    (Format::Empty, "empty"),
    (Format::Encrypted, "encrypted"),
    (Format::Unreadable, "unreadable"),
    (Format::Evt, "evt"),
    (Format::SevenZip, "7z"),
    (Format::Rar, "rar"),
    (Format::Tar, "tar"),
    (Format::Bzip2, "bzip2"),
    (Format::Xz, "xz"),
    (Format::Lz4, "lz4"),
    (Format::Docx, "docx"),
    (Format::Xlsx, "xlsx"),
    (Format::Pptx, "pptx"),
    (Format::OfficePackage, "office-package"),
    (Format::OpenDocument, "opendocument"),
    (Format::Jar, "jar"),
    (Format::OleCompound, "ole-compound"),
    (Format::Pdf, "pdf"),
    (Format::Rtf, "rtf"),
    (Format::Png, "png"),
    (Format::Jpeg, "jpeg"),
    (Format::Gif, "gif"),
    (Format::Bmp, "bmp"),
    (Format::WindowsExecutable, "windows-executable"),
    (Format::Elf, "elf"),
    (Format::CrashDump, "crash-dump"),
    (Format::RegistryHive, "registry-hive"),
    (Format::RegistryExport, "registry-export"),
    (Format::Prefetch, "prefetch"),
    (Format::Shortcut, "shortcut"),
    (Format::Sqlite, "sqlite"),
    (Format::EseDatabase, "ese-database"),
    (Format::Parquet, "parquet"),
    (Format::ZeekLog, "zeek-log"),
    (Format::SuricataEve, "suricata-eve"),
    (Format::IisLog, "iis-log"),
    (Format::W3cLog, "w3c-log"),
    (Format::SquidLog, "squid-log"),
    (Format::WebLog, "web-log"),
    (Format::LoadBalancerLog, "load-balancer-log"),
    (Format::Syslog, "syslog"),
    (Format::AzureFlowLog, "azure-flow-log"),
    (Format::DefenderJson, "defender-json"),
    (Format::BsdNetstat, "bsd-netstat"),
    (Format::Lsof, "lsof"),
    (Format::Csv, "csv"),
    (Format::TabSeparated, "tab-separated"),
    (Format::Json, "json"),
    (Format::Xml, "xml"),
    (Format::Html, "html"),
    (Format::Markdown, "markdown"),
    (Format::Text, "text"),
    (Format::Binary, "binary"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_belongs_to_one_format_and_reads_back() {
        for format in Format::all() {
            assert_eq!(Format::from_word(format.word()), Some(format));
        }
        let mut words: Vec<_> = WORDS.iter().map(|(_, word)| word).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), WORDS.len());
        assert_eq!(Format::from_word("no such word"), None);
    }
}
