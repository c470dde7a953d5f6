//! Service names in place of port numbers, as listings without `-n` print them.

use std::collections::HashMap;

use whotalks_record::IpProtocol;

/// The names, as data: service, port, protocols.
const SERVICES: &str = include_str!("../data/services.tsv");

/// Looks up the port of a service name. A name that is not in the list has no port: a guess would name a wrong service.
#[derive(Debug)]
pub(crate) struct Ports {
    by_name: HashMap<(&'static str, IpProtocol), u16>,
}

impl Default for Ports {
    fn default() -> Self {
        Self {
            by_name: SERVICES
                .lines()
                .filter(|line| !line.starts_with('#'))
                .flat_map(rows)
                .collect(),
        }
    }
}

fn rows(line: &'static str) -> Vec<((&'static str, IpProtocol), u16)> {
    let mut fields = line.split('\t');
    let (Some(name), Some(port), Some(protocols)) = (fields.next(), fields.next(), fields.next()) else {
        return Vec::new();
    };
    let Ok(port) = port.parse() else {
        return Vec::new();
    };
    protocols
        .split(' ')
        .map(|protocol| {
            let protocol = if protocol == "udp" {
                IpProtocol::UDP
            } else {
                IpProtocol::TCP
            };
            ((name, protocol), port)
        })
        .collect()
}

impl Ports {
    /// The port of `text`: a decimal number or a known service name.
    pub(crate) fn of(&self, text: &str, protocol: IpProtocol) -> Option<u16> {
        if text.starts_with(|c: char| c.is_ascii_digit())
            && let Ok(number) = text.parse()
        {
            return Some(number);
        }
        self.by_name.get(&(text, protocol)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_data_is_read() {
        let rows = SERVICES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split(['\t', ' ']).count() - 2);
        assert_eq!(Ports::default().by_name.len(), rows.sum::<usize>());
    }

    #[test]
    fn a_name_counts_only_for_its_own_protocol() {
        let ports = Ports::default();
        assert_eq!(ports.of("bootpc", IpProtocol::UDP), Some(68));
        assert_eq!(ports.of("bootpc", IpProtocol::TCP), None);
        assert_eq!(ports.of("65535", IpProtocol::TCP), Some(65_535));
        assert_eq!(ports.of("65536", IpProtocol::TCP), None);
    }
}
