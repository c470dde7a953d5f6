//! `netsh winhttp show proxy`: the proxy of services and of programs that use WinHTTP. It cannot see the proxy of a user, of a
//! browser, or one that a program was given itself.

use whotalks_record::{DeviceFactKind, ListingTool};

use crate::facts::{Facts, Said};
use crate::lines::Line;
use crate::output::Output;
use crate::recogniser::{End, Recogniser};

/// What the facts are about.
const ABOUT: &str = "winhttp";
/// The value of a proxy where connections go out directly.
pub(crate) const DIRECT: &str = "direct";

/// Reads the WinHTTP proxy.
#[derive(Default)]
pub(crate) struct WinHttp {
    facts: Facts,
    titled: bool,
    proxied: bool,
}

impl Recogniser for WinHttp {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let text = line.text.trim();
        if is_title(&line.text) {
            self.close(End::Listing, output);
            self.titled = true;
            return true;
        }
        if !self.titled || text.is_empty() {
            return self.titled;
        }
        if !line.terminated {
            // Cut inside of a setting, it would say something else.
            return true;
        }
        if !line.text.starts_with([' ', '\t']) {
            self.close(End::Listing, output);
            return false;
        }
        let (kind, value) = match setting(text) {
            Some(value) if !self.proxied => (DeviceFactKind::Proxy, value),
            Some(value) => (DeviceFactKind::ProxyBypass, value),
            None if !self.proxied => (DeviceFactKind::Proxy, DIRECT),
            None => return true,
        };
        self.proxied = true;
        // In brackets stands the word for none.
        let none = kind == DeviceFactKind::ProxyBypass && value.starts_with(['(', '（']);
        let said = Said {
            span: line.span,
            about: Some(ABOUT),
            kind,
            value: if none { "" } else { value },
        };
        self.facts.say(ListingTool::WinHttpProxy, &said, output);
        true
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.facts.close(output);
        self.titled = false;
        self.proxied = false;
    }
}

/// `Current WinHTTP proxy settings:`; the name of the interface is the same in every language.
fn is_title(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let ends = text.trim_end().ends_with([':', '：']);
    text.contains("WinHTTP") && ends && words <= 8 && !text.starts_with([' ', '\t'])
}

/// The value of `Label :  value`.
fn setting(text: &str) -> Option<&str> {
    let (label, value) = text.split_once([':', '：'])?;
    (!label.trim().is_empty() && !value.trim().is_empty()).then(|| value.trim())
}
