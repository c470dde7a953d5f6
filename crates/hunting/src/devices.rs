//! The identifiers and names of hosts.

use sha1::{Digest as _, Sha1};
use whotalks_correlate::{Host, HostId};
use whotalks_record::Text;

/// Hosts as the tables of Defender name them.
#[derive(Debug)]
pub struct Devices {
    devices: Vec<Device>,
}

/// One host.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Device {
    /// Its stable identifier.
    pub(crate) id: Option<Text>,
    /// Its computer name, where one is known.
    pub(crate) name: Option<Text>,
}

impl Devices {
    /// The devices of a case; `hosts` are in order of number.
    pub fn of(hosts: &[Host]) -> Self {
        let device = |host: &Host| Device {
            id: Some(identifier(host)),
            name: host.name.clone(),
        };
        Self {
            devices: hosts.iter().map(device).collect(),
        }
    }

    /// The device of a host; one that nothing is known of where there is no host.
    pub(crate) fn of_host(&self, host: Option<HostId>) -> Device {
        let index = host.and_then(|host| usize::try_from(host.0).ok());
        index
            .and_then(|index| self.devices.get(index))
            .cloned()
            .unwrap_or_default()
    }
}

/// 40 hexadecimal digits, as Defender's own identifiers are: a hash of the first label of the name in lower case, or of the
/// addresses where there is no name, so that it is the same in every case that knows the host by the same key.
fn identifier(host: &Host) -> Text {
    let key = match &host.name {
        Some(name) => format!("name {}", name.split('.').next().unwrap_or(name).to_lowercase()),
        None => host
            .addresses
            .iter()
            .fold("addresses".to_owned(), |key, address| format!("{key} {address}")),
    };
    let digits = Sha1::digest(key.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    digits.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(name: Option<&str>, address: &str) -> Host {
        Host {
            id: HostId(0),
            name: name.map(Text::from),
            addresses: vec![address.parse().unwrap()],
        }
    }

    #[test]
    fn a_host_keeps_its_identifier_whatever_form_its_name_has() {
        let short = identifier(&host(Some("PC1"), "10.0.0.1"));
        assert_eq!(short, identifier(&host(Some("pc1.corp.example"), "10.0.0.9")));
        assert_ne!(short, identifier(&host(Some("PC2"), "10.0.0.1")));
        assert_ne!(short, identifier(&host(None, "10.0.0.1")));
        assert_eq!(short.len(), 40);
    }

    #[test]
    fn no_host_is_a_device_that_nothing_is_known_of() {
        let devices = Devices::of(&[host(None, "10.0.0.1")]);
        assert_eq!(devices.of_host(None), Device::default());
        assert_eq!(devices.of_host(Some(HostId(7))), Device::default());
        assert_eq!(devices.of_host(Some(HostId(0))).name, None);
    }
}
