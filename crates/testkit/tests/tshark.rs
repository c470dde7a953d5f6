//! Another program reads the captures without complaint.

use std::path::Path;
use std::process::Command;
use whotalks_testkit::scenario::{Knobs, Scenario};
use whotalks_testkit::sources::{SourceKind, Sources};
use whotalks_testkit::truth::truth;
use whotalks_testkit::write::write;

fn tshark(file: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("tshark")
        .arg("-r")
        .arg(file)
        .args(arguments)
        .output()
        .ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn tshark_finds_every_packet_and_no_fault() {
    let only = Sources::of(&[SourceKind::Pcap]);
    for (number, scenario) in [
        Scenario::generate(
            5,
            &Knobs {
                ipv6: true,
                ech: true,
                socks: true,
                proxy: true,
                missing: vec![],
                ..Knobs::for_seed(5)
            },
        ),
        Scenario::example(),
        Scenario::hostile(),
    ]
    .iter()
    .enumerate()
    {
        let folder = tempfile::tempdir().expect("a folder");
        write(scenario, folder.path(), &only).expect("a written scenario");
        let truth = truth(scenario, &only);
        let file = match truth.hosts.iter().filter(|host| host.observed).count() {
            1 => folder.path().join("capture.pcapng"),
            _ => folder.path().join(&truth.hosts[0].name).join("capture.pcapng"),
        };
        let checked = [
            "-o",
            "tcp.check_checksum:TRUE",
            "-o",
            "ip.check_checksum:TRUE",
            "-o",
            "udp.check_checksum:TRUE",
        ];
        let fault = "_ws.malformed || ip.checksum.status==0 || tcp.checksum.status==0 || udp.checksum.status==0";
        let Some(all) = tshark(&file, &["-T", "fields", "-e", "frame.number"]) else {
            println!("skipped: tshark is not installed");
            return;
        };
        assert_eq!(
            all.lines().count() as u64,
            truth.hosts[0].packets_captured.expect("a capture")
        );
        let faults = tshark(&file, &[&checked[..], &["-Y", fault]].concat()).expect("tshark ran before");
        // Hostile names break DNS and TLS names on purpose, but never the layers below.
        assert!(number == 2 || faults.is_empty(), "{faults}");
    }
}

#[test]
fn tshark_reads_the_names_that_the_truth_knows() {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = Scenario::example();
    write(&scenario, folder.path(), &Sources::of(&[SourceKind::Pcap])).expect("a written scenario");
    let file = folder.path().join("capture.pcapng");
    let Some(names) = tshark(
        &file,
        &[
            "-Y",
            "tls.handshake.type==1",
            "-T",
            "fields",
            "-e",
            "tls.handshake.extensions_server_name",
        ],
    ) else {
        println!("skipped: tshark is not installed");
        return;
    };
    let queries = tshark(
        &file,
        &["-Y", "dns.flags.response==1", "-T", "fields", "-e", "dns.qry.name"],
    )
    .expect("ran before");
    assert!(
        names.contains("v10.events.data.microsoft.com") && names.contains("teams.microsoft.com"),
        "{names}"
    );
    assert!(queries.contains("proxy.corp.example"), "{queries}");
    let told = truth(&scenario, &Sources::all());
    let lookups = told.lookups.iter().filter(|lookup| lookup.in_capture).count();
    assert_eq!(queries.lines().count(), lookups);
}
