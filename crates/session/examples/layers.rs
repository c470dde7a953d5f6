//! Prints what each packet of a capture on standard input is made of, one line each, in the columns of
//! `tshark -T fields -e frame.number -e frame.protocols -e ip.src -e ip.dst -e ipv6.src -e ipv6.dst -e tcp.srcport
//! -e tcp.dstport -e udp.srcport -e udp.dstport`, so that the two can be compared.
//!
//! `cargo run -p whotalks-session --example layers < capture.pcap`
#![expect(clippy::print_stdout, reason = "it is a program that prints")]

use std::io::{self, Read};

use whotalks_pcap::{FrameSink, Framer};
use whotalks_record::{EvidenceId, Issue, Packet, Position, Record};
use whotalks_session::Fragments;
use whotalks_wire::dissect::{Layer, LayerSpan, Visitor, walk, walk_datagram};
use whotalks_wire::transport::Ports;

/// The columns of one packet; a field that occurs twice is there twice.
#[derive(Debug, Default)]
struct Columns {
    protocols: Vec<&'static str>,
    ipv4: [Vec<String>; 2],
    ipv6: [Vec<String>; 2],
    tcp: [Vec<String>; 2],
    udp: [Vec<String>; 2],
}

fn add(columns: &mut [Vec<String>; 2], source: &impl ToString, destination: &impl ToString) {
    let [sources, destinations] = columns;
    sources.push(source.to_string());
    destinations.push(destination.to_string());
}

fn add_ports(columns: &mut [Vec<String>; 2], ports: Ports) {
    add(columns, &ports.source, &ports.destination);
}

impl<'a> Visitor<'a> for Columns {
    fn layer(&mut self, layer: &Layer<'a>, _: LayerSpan, rest: &'a [u8]) {
        match layer {
            Layer::Ipv4(header) => add(&mut self.ipv4, &header.source(), &header.destination()),
            Layer::Ipv6(header) => add(&mut self.ipv6, &header.source(), &header.destination()),
            Layer::Tcp(header) => add_ports(&mut self.tcp, header.ports()),
            Layer::Udp(header) => add_ports(&mut self.udp, header.ports()),
            Layer::Damaged(damaged) if damaged.name == "tcp" => {
                Ports::peek(rest)
                    .into_iter()
                    .for_each(|ports| add_ports(&mut self.tcp, ports));
            }
            _ => {}
        }
        self.protocols.extend(layer.name());
    }
}

impl Columns {
    /// Leaves out what lies above the innermost network layer: a fragment alone is data.
    fn keep_network(&mut self) {
        let last = self.protocols.iter().rposition(|name| name.starts_with("ip"));
        self.protocols.truncate(last.map_or(0, |place| place + 1));
        for lists in [&mut self.tcp, &mut self.udp] {
            lists.iter_mut().for_each(Vec::clear);
        }
    }
}

/// Prints each packet; datagrams are whole in the packet that brings the last of their fragments.
#[derive(Default)]
struct Print {
    fragments: Fragments,
}

impl<'a> FrameSink<'a> for Print {
    fn packet(&mut self, packet: Packet<'a>) {
        let mut columns = Columns::default();
        let seen = walk(packet.link_type, packet.data, packet.original_length, &mut columns);
        if let Some((ip, fragment)) = seen.ip().and_then(|ip| Some((ip, ip.fragment?)))
            && !fragment.is_atomic()
        {
            columns.keep_network();
            let is_cut = seen.fragment.is_empty();
            let whole = (!is_cut)
                .then(|| self.fragments.add(ip, fragment, seen.fragment))
                .flatten();
            if let Some(data) = whole {
                walk_datagram(ip, &data, &mut columns);
            }
        }
        let Position::Packet(number) = packet.span.position else {
            return;
        };
        let lists = [columns.ipv4, columns.ipv6, columns.tcp, columns.udp];
        let lists: Vec<String> = lists.as_flattened().iter().map(|list| list.join(",")).collect();
        println!("{number}\t{}\t{}", columns.protocols.join(":"), lists.join("\t"));
    }

    fn record(&mut self, _: Record) {}

    fn issue(&mut self, _: Issue) {}
}

fn main() -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let mut framer = Framer::new(EvidenceId(1));
    let mut print = Print::default();
    let progress = framer.frame(&bytes, 0, &mut print);
    let rest = bytes.get(progress.consumed..).unwrap_or_default();
    framer.finish(rest, progress.consumed as u64, None, &mut print);
    Ok(())
}
