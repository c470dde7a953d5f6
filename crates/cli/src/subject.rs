//! From what a user types to what is asked about.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use whotalks_record::{Pid, Text};
use whotalks_report::Subject;

/// An address (`192.0.2.1`, `192.0.2.1:443`, `2001:db8::1`, `[2001:db8::1]:443`), a process identifier (digits alone), else a name.
pub(crate) fn parse(text: &str) -> Result<Subject, Infallible> {
    let bare = text.trim().trim_start_matches('[').trim_end_matches(']');
    Ok(if let Ok(address) = bare.parse::<IpAddr>() {
        Subject::Address(address.to_canonical(), None)
    } else if let Ok(end) = text.trim().parse::<SocketAddr>() {
        Subject::Address(end.ip().to_canonical(), Some(end.port()))
    } else if let Ok(pid) = text.trim().parse() {
        Subject::Pid(Pid(pid))
    } else {
        Subject::Name(Text::from(text.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_pids_and_names_are_told_apart() {
        let address = |text: &str, port| Subject::Address(text.parse().unwrap(), port);
        for (text, subject) in [
            ("192.0.2.1", address("192.0.2.1", None)),
            ("192.0.2.1:443", address("192.0.2.1", Some(443))),
            ("::ffff:192.0.2.1", address("192.0.2.1", None)),
            ("2001:db8::1", address("2001:db8::1", None)),
            ("[2001:db8::1]", address("2001:db8::1", None)),
            ("[2001:db8::1]:443", address("2001:db8::1", Some(443))),
            (" 4312 ", Subject::Pid(Pid(4312))),
            ("99999999999", Subject::Name("99999999999".into())),
            ("updater.exe", Subject::Name("updater.exe".into())),
            ("1.2.3", Subject::Name("1.2.3".into())),
        ] {
            assert_eq!(parse(text), Ok(subject), "{text}");
        }
    }
}
