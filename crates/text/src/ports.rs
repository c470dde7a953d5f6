//! Service names in place of port numbers, as listings without `-n` print them.

use whotalks_record::IpProtocol;

/// The names, as data: service, port, protocols.
const SERVICES: &str = include_str!("../data/services.tsv");

/// The port of `text`: a decimal number, or a service name in the list. A name that is not in the list has no port: a guess
/// would name a wrong service.
pub(crate) fn port(text: &str, protocol: IpProtocol) -> Option<u16> {
    if text.starts_with(|c: char| c.is_ascii_digit())
        && let Ok(number) = text.parse()
    {
        return Some(number);
    }
    rows().find_map(|(name, number, protocols)| {
        let wanted = if protocol == IpProtocol::UDP { "udp" } else { "tcp" };
        (name == text && protocols.split(' ').any(|protocol| protocol == wanted)).then_some(number)
    })
}

fn rows() -> impl Iterator<Item = (&'static str, u16, &'static str)> {
    let lines = SERVICES.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut fields = line.split('\t');
        Some((fields.next()?, fields.next()?.parse().ok()?, fields.next()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_data_is_read() {
        let lines = SERVICES.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(rows().count(), lines.count());
        assert!(
            rows().all(|(_, _, protocols)| protocols.split(' ').all(|protocol| ["tcp", "udp"].contains(&protocol)))
        );
    }

    #[test]
    fn a_name_counts_only_for_its_own_protocol() {
        assert_eq!(port("bootpc", IpProtocol::UDP), Some(68));
        assert_eq!(port("bootpc", IpProtocol::TCP), None);
        assert_eq!(port("65535", IpProtocol::TCP), Some(65_535));
        assert_eq!(port("65536", IpProtocol::TCP), None);
    }
}
