//! The conversations that several ingredients have in common: a lookup, an HTTPS visit, an HTTP fetch, a tunnel.

use crate::clock::{MILLISECOND, SECOND};
use crate::packet::app::tls::{ClientHello, application_data, client_hello, server_hello};
use crate::packet::app::{dns, http};
use crate::scenario::builder::{Draft, HostBuilder};
use crate::scenario::model::{DnsLookup, Ending, LookupPath, NameShown, ProcessIndex, Transport};
use crate::scenario::sites::Site;
use crate::scenario::talk::Side;
use std::net::{IpAddr, SocketAddr};

pub(crate) const AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";

/// The port of DNS over TLS.
const DNS_OVER_TLS: u16 = 853;

/// How a TLS client introduces itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Introduction {
    /// SNI with the real name.
    ServerName,
    /// No SNI at all.
    Nothing,
    /// SNI with the public name of an encrypted ClientHello.
    Encrypted,
}

impl HostBuilder<'_> {
    /// Resolves the IPv4 address of a site for a process; gives the address and the instant it is known.
    pub(crate) fn resolve(&mut self, asker: ProcessIndex, site: &Site, at_ns: i64) -> Option<(IpAddr, i64)> {
        self.resolve_kind(asker, site, at_ns, false)
    }

    /// Resolves the IPv6 address of a site.
    pub(crate) fn resolve_ipv6(&mut self, asker: ProcessIndex, site: &Site, at_ns: i64) -> Option<(IpAddr, i64)> {
        self.resolve_kind(asker, site, at_ns, true)
    }

    fn resolve_kind(&mut self, asker: ProcessIndex, site: &Site, at_ns: i64, ipv6: bool) -> Option<(IpAddr, i64)> {
        let address: IpAddr = if ipv6 {
            site.ipv6.parse().ok()?
        } else {
            site.ipv4.parse().ok()?
        };
        if self.knobs.encrypted_dns {
            return Some((address, self.ask_in_secret(asker, site, address, at_ns)));
        }
        let key = (site.name.to_owned(), ipv6);
        if let Some((kept, until_ns)) = self.dns_cache.get(&key).copied()
            && at_ns < until_ns
            && at_ns > until_ns - i64::from(site.ttl_seconds) * SECOND
        {
            self.note(asker, site, kept, at_ns, LookupPath::Cache);
            return Some((kept, at_ns + MILLISECOND));
        }
        let answered_ns = self.look_up(asker, site, address, at_ns);
        self.dns_cache
            .insert(key, (address, answered_ns + i64::from(site.ttl_seconds) * SECOND));
        Some((address, answered_ns + MILLISECOND))
    }

    fn look_up(&mut self, asker: ProcessIndex, site: &Site, address: IpAddr, at_ns: i64) -> i64 {
        let resolver = self.resolver();
        let mut draft = self.draft(self.cast.dnscache, Transport::Udp, resolver, at_ns, "dns");
        let id = u16::try_from(draft.talk.random().below(65_536)).unwrap_or(0);
        let addresses = [address];
        let (aliases, ttl_seconds) = (site.aliases, site.ttl_seconds);
        let lookup = dns::Lookup {
            id,
            name: site.name,
            ipv6: address.is_ipv6(),
            aliases,
            addresses: &addresses,
            ttl_seconds,
        };
        draft.talk.datagram(Side::Local, &dns::query(&lookup));
        let thinking = draft.talk.random().between(2, 30) * MILLISECOND;
        draft.talk.wait(thinking);
        draft.talk.datagram(Side::Remote, &dns::answer(&lookup));
        let answered_ns = draft.talk.now_ns();
        self.note(asker, site, address, answered_ns, LookupPath::Packets(draft.flow.id));
        self.keep(draft);
        answered_ns
    }

    /// Asks over TLS (RFC 7858), and gives the instant after the answer.
    fn ask_in_secret(&mut self, asker: ProcessIndex, site: &Site, address: IpAddr, at_ns: i64) -> i64 {
        let remote = SocketAddr::new(self.resolver().ip(), DNS_OVER_TLS);
        let mut draft = self.draft(self.cast.dnscache, Transport::Tcp, remote, at_ns, "dns_over_tls");
        draft.talk.handshake(Side::Local);
        draft.converse_tls_inside("", Introduction::Nothing);
        draft.exchange(120, 200);
        let answered_ns = draft.talk.now_ns();
        draft.talk.close(Side::Local);
        draft.flow.ending = Ending::LocalClose;
        self.keep(draft);
        self.note(asker, site, address, answered_ns, LookupPath::Hidden);
        answered_ns + MILLISECOND
    }

    fn note(&mut self, asker: ProcessIndex, site: &Site, address: IpAddr, answered_ns: i64, path: LookupPath) {
        self.host.lookups.push(DnsLookup {
            path,
            asker,
            name: site.name.to_owned(),
            aliases: site.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            addresses: vec![address],
            ttl_seconds: site.ttl_seconds,
            answered_ns,
        });
    }

    /// Resolves a site and opens a TLS connection to it that is closed after some data.
    pub(crate) fn visit(
        &mut self,
        process: ProcessIndex,
        site: &Site,
        at_ns: i64,
        ingredient: &'static str,
    ) -> Option<u32> {
        let (address, begins_ns) = self.resolve(process, site, at_ns)?;
        let remote = SocketAddr::new(address, 443);
        let mut draft = self.draft(process, Transport::Tcp, remote, begins_ns, ingredient);
        draft.flow.name = Some(site.name.to_owned());
        draft.converse_tls(site.name, Introduction::ServerName);
        self.finish(&mut draft);
        Some(self.keep(draft))
    }

    /// Resolves a site and fetches something from it in the clear.
    pub(crate) fn fetch(
        &mut self,
        process: ProcessIndex,
        site: &Site,
        path: &str,
        at_ns: i64,
        ingredient: &'static str,
    ) -> Option<u32> {
        let (address, begins_ns) = self.resolve(process, site, at_ns)?;
        let mut draft = self.draft(
            process,
            Transport::Tcp,
            SocketAddr::new(address, 80),
            begins_ns,
            ingredient,
        );
        draft.flow.name = Some(site.name.to_owned());
        draft.flow.name_shown = NameShown::Plainly;
        draft.talk.handshake(Side::Local);
        draft
            .talk
            .send_naming(Side::Local, &http::get(path, site.name, "Microsoft-CryptoAPI/10.0"));
        let length = usize::try_from(draft.talk.random().between(200, 30_000)).unwrap_or(200);
        let body = draft.talk.random().bytes(length);
        draft
            .talk
            .send(Side::Remote, &http::ok("application/octet-stream", &body));
        self.finish(&mut draft);
        Some(self.keep(draft))
    }

    /// Ends a connection in one of the usual ways.
    pub(crate) fn finish(&mut self, draft: &mut Draft) {
        let linger = draft.talk.random().between(1, 9_000) * MILLISECOND;
        draft.talk.wait(linger);
        let mortal = self
            .host
            .process(draft.flow.process)
            .is_some_and(|process| process.end_ns.is_some());
        match draft.talk.random().below(if mortal { 9 } else { 10 }) {
            0..=4 => {
                draft.talk.close(Side::Local);
                draft.flow.ending = Ending::LocalClose;
                self.maybe_late_drop(draft);
            }
            5..=7 => {
                draft.talk.close(Side::Remote);
                draft.flow.ending = Ending::Gone;
            }
            8 => {
                draft.talk.reset(Side::Local);
                draft.flow.ending = Ending::Gone;
            }
            _ => draft.flow.ending = Ending::Open,
        }
    }
}

impl Draft {
    /// Handshake, ClientHello, ServerHello and some records each way.
    pub(crate) fn converse_tls(&mut self, name: &str, introduction: Introduction) {
        self.talk.handshake(Side::Local);
        self.converse_tls_inside(name, introduction);
        let exchanges = self.talk.random().between(1, 4);
        for _ in 0..exchanges {
            self.exchange_records();
        }
    }

    /// The TLS handshake inside whatever is open already.
    pub(crate) fn converse_tls_inside(&mut self, name: &str, introduction: Introduction) {
        let outer = crate::scenario::sites::ECH_OUTER_NAME;
        let (server_name, shown) = match introduction {
            Introduction::ServerName => (Some(name), NameShown::Plainly),
            Introduction::Nothing => (None, NameShown::Nothing),
            Introduction::Encrypted => (Some(outer), NameShown::Encrypted),
        };
        let (large_key_share, name_last) = (self.talk.random().chance(30), self.talk.random().chance(40));
        let encrypted_inner = introduction == Introduction::Encrypted;
        let hello = ClientHello {
            server_name,
            alpn: &["h2", "http/1.1"],
            encrypted_inner,
            large_key_share,
            name_last,
        };
        let bytes = client_hello(&hello, self.talk.random());
        if self.flow.name_shown == NameShown::Nothing && shown != NameShown::Nothing {
            self.flow.name_shown = shown;
            let last = bytes
                .windows(name.len().max(1))
                .rposition(|window| window == name.as_bytes());
            self.talk
                .send_naming_up_to(Side::Local, &bytes, last.map_or(bytes.len(), |at| at + name.len()));
        } else {
            self.talk.send(Side::Local, &bytes);
        }
        let bytes = server_hello(self.talk.random());
        self.talk.send(Side::Remote, &bytes);
    }

    /// A request and its answer as opaque records.
    pub(crate) fn exchange_records(&mut self) {
        let sent = usize::try_from(self.talk.random().between(80, 2_500)).unwrap_or(80);
        let received = usize::try_from(self.talk.random().between(100, 20_000)).unwrap_or(100);
        self.exchange(sent, received);
    }

    /// A request and its answer of that many bytes each.
    pub(crate) fn exchange(&mut self, sent: usize, received: usize) {
        let request = application_data(sent, self.talk.random());
        self.talk.send(Side::Local, &request);
        let answer = application_data(received, self.talk.random());
        self.talk.send(Side::Remote, &answer);
        let pause = self.talk.random().between(5, 1_500) * MILLISECOND;
        self.talk.wait(pause);
    }
}
