//! A browser behind a forward proxy: CONNECT with TLS inside, and absolute-form GET. The address of the proxy says
//! nothing about where the traffic goes.

use crate::clock::SECOND;
use crate::packet::app::http;
use crate::scenario::builder::{Draft, HostBuilder};
use crate::scenario::model::{NameShown, Transport};
use crate::scenario::sites::{BEHIND_PROXY, PROXY};
use crate::scenario::talk::Side;
use crate::scenario::visits::{AGENT, Introduction};
use std::net::SocketAddr;

pub(crate) const PORT: u16 = 3_128;

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("proxy");
    let chrome = builder.cast.chrome;
    for _ in 0..random.between(4, 9) {
        let at_ns = builder.moment(random, 25 * SECOND);
        let Some((address, begins_ns)) = builder.resolve(chrome, &PROXY, at_ns) else {
            return;
        };
        let mut draft = builder.draft(
            chrome,
            Transport::Tcp,
            SocketAddr::new(address, PORT),
            begins_ns,
            "proxy",
        );
        let target = random.pick(&BEHIND_PROXY);
        draft.talk.handshake(Side::Local);
        if random.chance(70) {
            draft.tunnel(target)
        } else {
            draft.get_absolute(target)
        }
        builder.finish(&mut draft);
        builder.keep(draft);
    }
}

impl Draft {
    /// CONNECT, then TLS with SNI inside the tunnel.
    pub(crate) fn tunnel(&mut self, target: &str) {
        self.goes_to(target, 443);
        self.talk
            .send_naming(Side::Local, &http::connect(&format!("{target}:443"), AGENT));
        self.talk.send(Side::Remote, &http::connection_established());
        self.converse_tls_inside(target, Introduction::ServerName);
        self.exchange_records();
        self.exchange_records();
    }

    fn get_absolute(&mut self, target: &str) {
        self.goes_to(target, 80);
        self.talk.send_naming(
            Side::Local,
            &http::get(&format!("http://{target}/index.html"), target, AGENT),
        );
        let body = self.talk.random().bytes(4_000);
        self.talk.send(Side::Remote, &http::ok("text/html", &body));
    }

    /// States where a proxy takes this flow, in the open.
    pub(crate) fn goes_to(&mut self, target: &str, port: u16) {
        self.flow.name = Some(target.to_owned());
        self.flow.proxy_target = Some(format!("{target}:{port}"));
        self.flow.name_shown = NameShown::Plainly;
    }
}
