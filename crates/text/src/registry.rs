//! Registry text, of `reg export` or `reg query`, as far as it holds the proxy of a user or the mode of Defender's network
//! protection. It cannot see values that a policy sets elsewhere, nor when a value was written.

use whotalks_record::{DeviceFactKind, ListingTool};

use crate::facts::{Facts, Said};
use crate::lines::Line;
use crate::objects::network_protection;
use crate::output::Output;
use crate::recogniser::{End, Recogniser};

/// The end of the key that holds the settings of a user's proxy.
const INTERNET_SETTINGS: &str = "\\internet settings";
/// The end of the key that holds network protection.
const NETWORK_PROTECTION: &str = "\\network protection";

/// Reads values that are known.
#[derive(Default)]
pub(crate) struct Registry {
    facts: Facts,
    key: Option<String>,
}

impl Recogniser for Registry {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if let Some(key) = key(&line.text) {
            self.key = Some(key.to_owned());
        } else if let Some((key, (name, data))) = self.key.as_ref().zip(value(&line.text)) {
            if let Some((kind, value)) = fact(key, &name, &data) {
                let said = Said {
                    span: line.span,
                    about: Some(key),
                    kind,
                    value: &value,
                };
                self.facts.say(ListingTool::RegistryText, &said, output);
            }
        } else {
            return self.key.is_some() && line.text.trim().is_empty();
        }
        self.facts.touch(line.span);
        true
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.facts.close(output);
        self.key = None;
    }
}

/// `[HKEY_CURRENT_USER\…]` of an export, `HKEY_CURRENT_USER\…` of a query.
fn key(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        .unwrap_or(text);
    (bare.starts_with("HKEY_") && bare.contains('\\')).then_some(bare)
}

/// Name and data of a value.
fn value(text: &str) -> Option<(String, String)> {
    exported(text).or_else(|| queried(text))
}

/// `"Name"="text"` or `"Name"=dword:00000001`.
fn exported(text: &str) -> Option<(String, String)> {
    let (name, data) = text.trim().strip_prefix('"')?.split_once("\"=")?;
    let data = match data.strip_prefix("dword:") {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?.to_string(),
        None => data
            .strip_prefix('"')?
            .strip_suffix('"')?
            .replace("\\\\", "\\")
            .replace("\\\"", "\""),
    };
    Some((name.to_owned(), data))
}

/// `    Name    REG_SZ    text`.
fn queried(text: &str) -> Option<(String, String)> {
    let (name, rest) = text.strip_prefix("    ")?.split_once("    REG_")?;
    let (kind, data) = rest.split_once("    ").unwrap_or((rest, ""));
    let data = data.trim();
    let data = match kind {
        "DWORD" => u32::from_str_radix(data.strip_prefix("0x")?, 16).ok()?.to_string(),
        _ => data.to_owned(),
    };
    Some((name.trim().to_owned(), data))
}

fn fact(key: &str, name: &str, data: &str) -> Option<(DeviceFactKind, String)> {
    let key = key.to_ascii_lowercase();
    if key.ends_with(NETWORK_PROTECTION) && name.eq_ignore_ascii_case("EnableNetworkProtection") {
        return Some((DeviceFactKind::NetworkProtection, network_protection(data)));
    }
    if !key.ends_with(INTERNET_SETTINGS) {
        return None;
    }
    let kind = match name.to_ascii_lowercase().as_str() {
        "proxyserver" => DeviceFactKind::Proxy,
        "proxyoverride" => DeviceFactKind::ProxyBypass,
        "autoconfigurl" => DeviceFactKind::ProxyScript,
        "proxyenable" => return Some((DeviceFactKind::ProxyEnabled, (data != "0").to_string())),
        _ => return None,
    };
    Some((kind, data.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_both_tools_are_read() {
        let pair = |name: &str, data: &str| Some((name.to_owned(), data.to_owned()));
        assert_eq!(value("\"ProxyEnable\"=dword:00000001"), pair("ProxyEnable", "1"));
        assert_eq!(value("\"A\"=\"C:\\\\x\""), pair("A", "C:\\x"));
        assert_eq!(value("    ProxyEnable    REG_DWORD    0x1"), pair("ProxyEnable", "1"));
        assert_eq!(
            value("    ProxyServer    REG_SZ    a:8080"),
            pair("ProxyServer", "a:8080")
        );
        assert_eq!(value("\"B\"=hex:01,02"), None);
    }
}
