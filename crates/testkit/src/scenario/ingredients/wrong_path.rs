//! A `svchost.exe` that does not live where the system keeps it.

use crate::clock::SECOND;
use crate::scenario::builder::HostBuilder;
use crate::scenario::model::{Finding, FindingKind, Transport};
use crate::scenario::visits::Introduction;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("wrong path");
    let start_ns = builder.capture.begins_ns + random.between(5, 60) * SECOND;
    let image = builder.profile("AppData\\Roaming\\svchost.exe");
    let process = builder.run(&image, &format!("\"{image}\" -k netsvcs"), start_ns, None);
    let remote = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 91)), 443);
    for number in 1..=3 {
        let mut draft = builder.draft(
            process,
            Transport::Tcp,
            remote,
            start_ns + number * 40 * SECOND,
            "wrong_path",
        );
        draft.converse_tls("", Introduction::Nothing);
        builder.finish(&mut draft);
        builder.keep(draft);
    }
    builder.host.findings.push(Finding {
        kind: FindingKind::SystemNameWrongPath,
        process,
        remotes: vec![remote],
    });
}
