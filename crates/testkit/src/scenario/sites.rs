//! Places on the Internet that scenarios talk to. Every address belongs to one name, but for the shared ones of `cdn`.

/// One name, the aliases on the way to its address, and the address.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Site {
    pub(crate) name: &'static str,
    pub(crate) aliases: &'static [&'static str],
    /// An IPv4 address in text; a site without a valid one is skipped.
    pub(crate) ipv4: &'static str,
    /// An IPv6 address in text, or nothing.
    pub(crate) ipv6: &'static str,
    pub(crate) ttl_seconds: u32,
}

const fn site(name: &'static str, aliases: &'static [&'static str], ipv4: &'static str, ttl_seconds: u32) -> Site {
    Site {
        name,
        aliases,
        ipv4,
        ipv6: "",
        ttl_seconds,
    }
}

/// What people look at.
pub(crate) const PAGES: [Site; 10] = [
    site("www.example.com", &[], "198.51.100.34", 300),
    site(
        "news.example.co.jp",
        &["news.example.co.jp.edge.example.net"],
        "198.51.100.90",
        60,
    ),
    site("portal.example.jp", &[], "198.51.100.77", 3_600),
    site("wiki.example.org", &["lb.wiki.example.org"], "198.51.100.101", 120),
    site("mail.example.net", &[], "198.51.100.110", 600),
    site(
        "shop.example.com",
        &["shop.example.com.edge.example.net", "e77.b.edge.example.net"],
        "198.51.100.120",
        20,
    ),
    site(
        "outlook.office365.com",
        &["outlook.ha.office365.com", "outlook.ms-acdc.office.com"],
        "52.97.146.162",
        60,
    ),
    site(
        "teams.microsoft.com",
        &["teams.office.com", "s-0005.s-msedge.net"],
        "52.113.194.132",
        30,
    ),
    site("github.com", &[], "140.82.112.3", 60),
    site("docs.rs", &[], "198.51.100.131", 60),
];

/// Pages that also have an IPv6 address.
pub(crate) const IPV6_PAGES: [Site; 3] = [
    Site {
        ipv6: "2001:db8:34::10",
        ..site("v6.example.com", &[], "198.51.100.140", 300)
    },
    Site {
        ipv6: "2001:db8:34::20",
        ..site("dual.example.org", &["dual.edge.example.net"], "198.51.100.141", 60)
    },
    Site {
        ipv6: "2001:db8:abcd:12::1f",
        ..site("ipv6.example.jp", &[], "198.51.100.142", 30)
    },
];

/// Names that share one address of a content network.
pub(crate) const SHARED: [Site; 3] = [
    site("static.example.com", &["static.cdn.example.net"], "203.0.113.200", 300),
    site("images.example.org", &["images.cdn.example.net"], "203.0.113.200", 300),
    site("fonts.example.jp", &["fonts.cdn.example.net"], "203.0.113.200", 300),
];

pub(crate) const DIAGNOSTIC_DATA: Site = site(
    "v10.events.data.microsoft.com",
    &[
        "win-global-asimov-leafs-events-data.trafficmanager.net",
        "onedsblobprdcus15.centralus.cloudapp.azure.com",
    ],
    "20.42.73.29",
    60,
);
pub(crate) const SETTINGS: Site = site(
    "settings-win.data.microsoft.com",
    &["atm-settingsfe-prod.trafficmanager.net"],
    "51.104.136.2",
    60,
);
pub(crate) const ROOT_LIST: Site = site(
    "ctldl.windowsupdate.com",
    &["ctldl.windowsupdate.com.delivery.microsoft.com"],
    "93.184.221.240",
    300,
);
pub(crate) const CONNECT_TEST: Site = site(
    "www.msftconnecttest.com",
    &["ncsi-geo.trafficmanager.net"],
    "23.55.161.13",
    30,
);
pub(crate) const UPDATE: Site = site(
    "slscr.update.microsoft.com",
    &["sls.update.microsoft.com.akadns.net"],
    "20.109.210.53",
    300,
);
pub(crate) const PUSH: Site = site(
    "client.wns.windows.com",
    &["wns.notify.trafficmanager.net"],
    "20.198.162.78",
    120,
);
pub(crate) const TIME: Site = site("time.windows.com", &["twc.trafficmanager.net"], "40.119.6.228", 900);
pub(crate) const RELAY: Site = site("worldaz.tr.teams.microsoft.com", &[], "52.114.7.20", 60);
pub(crate) const PROXY: Site = site("proxy.corp.example", &[], "192.0.2.8", 3_600);
pub(crate) const SOCKS: Site = site("socks.corp.example", &[], "192.0.2.9", 3_600);
pub(crate) const SYNC: Site = site("sync.contoso.example", &[], "198.51.100.61", 300);
pub(crate) const DOWNLOAD: Site = site("downloads.example.net", &["dl.edge.example.net"], "198.51.100.150", 60);
pub(crate) const MIRROR: Site = site("mirror.example.org", &[], "198.51.100.155", 60);
pub(crate) const TOOL_API: Site = site("api.tools.example", &[], "198.51.100.160", 60);
pub(crate) const RESOLVER_OVER_HTTPS: Site = site("doh.example.net", &[], "198.51.100.53", 600);
pub(crate) const ECH_PLAIN_DNS: Site = site("private.example.org", &[], "198.51.100.170", 300);
pub(crate) const ECH_DOH: Site = site("secret.example.org", &[], "198.51.100.171", 300);
/// The public name that an encrypted ClientHello shows outside (RFC 9849 4).
pub(crate) const ECH_OUTER_NAME: &str = "cover.ech.example";

/// Names that browsers ask a forward proxy for.
pub(crate) const BEHIND_PROXY: [&str; 5] = [
    "updates.example.net",
    "www.example.com",
    "login.example.jp",
    "video.example.org",
    "search.example.com",
];
