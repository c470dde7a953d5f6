//! The lines after a connection row that name its owner (`-b`, `-bv`).
//!
//! First, optionally, the component (a service's short name) or, in the call-chain form, one module per line, lowest first;
//! then the image in brackets. Where the owner may not be told there is one line of localised prose instead.

use crate::lines::Line;

/// A call chain has a handful of modules; hostile text may have any number.
const MOST_MODULES: usize = 64;

/// Files that make up a call chain.
const MODULE_EXTENSIONS: [&str; 6] = [".dll", ".exe", ".drv", ".sys", ".ocx", ".cpl"];

/// The owner of a row, as far as its lines have been read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Owner {
    /// The image.
    pub(crate) image: Option<String>,
    /// The modules of the call chain.
    pub(crate) modules: Vec<String>,
    component: Option<Component>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Component {
    name: String,
    /// Whether its place alone shows what it is; otherwise the image line must follow to prove it.
    certain: bool,
}

impl Owner {
    /// Whether anything is known.
    pub(crate) fn is_known(&self) -> bool {
        self.image.is_some() || self.component().is_some() || !self.modules.is_empty()
    }

    /// The component or service.
    pub(crate) fn component(&self) -> Option<&str> {
        let proved = |component: &&Component| component.certain || self.image.is_some();
        self.component
            .as_ref()
            .filter(proved)
            .map(|component| component.name.as_str())
    }

    /// Takes a line if it is about the owner. `detached`: a blank line came between, which only the image line survives.
    pub(crate) fn take(&mut self, line: &Line, detached: bool) -> bool {
        let text = line.text.trim();
        if let Some(image) = bracketed(text) {
            return self.take_image(image, detached);
        }
        if detached || self.image.is_some() || text.is_empty() {
            return false;
        }
        if is_module(text) {
            if self.modules.len() < MOST_MODULES {
                self.modules.push(text.to_owned());
            }
            return true;
        }
        self.take_component(&line.text, text)
    }

    fn take_image(&mut self, image: &str, detached: bool) -> bool {
        let file = image.to_ascii_lowercase().ends_with(".exe");
        if self.image.is_some() || (detached && !file) {
            return false;
        }
        self.image = Some(image.to_owned());
        true
    }

    /// A component stands behind two blanks, prose about a missing owner behind one. Pasted text may have lost its blanks.
    fn take_component(&mut self, line: &str, text: &str) -> bool {
        let indent = line.len() - line.trim_start().len();
        let one_word = !text.contains(char::is_whitespace);
        if text.bytes().all(|byte| byte == b'=') {
            return false;
        }
        let unknown = text.starts_with("--") || text.contains(": ");
        if unknown || (indent == 1 && !one_word) {
            return indent > 0;
        }
        if indent == 0 && !one_word {
            return false;
        }
        if self.component.is_none() {
            self.component = Some(Component {
                name: text.to_owned(),
                certain: indent >= 2 || line.starts_with('\t'),
            });
        }
        true
    }
}

fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    (!inner.is_empty() && !inner.contains(['[', ']'])).then_some(inner)
}

fn is_module(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    MODULE_EXTENSIONS.iter().any(|extension| lower.ends_with(extension))
}

#[cfg(test)]
mod tests {
    use whotalks_record::{EvidenceId, Span};

    use super::*;

    fn owner(lines: &[&str]) -> (Owner, usize) {
        let mut owner = Owner::default();
        let line = |text: &str| Line {
            span: Span::whole(EvidenceId(1)),
            text: text.to_owned(),
            dropped_bytes: 0,
            terminated: true,
        };
        let taken = lines.iter().take_while(|text| owner.take(&line(text), false)).count();
        (owner, taken)
    }

    #[test]
    fn component_and_image_are_told_apart() {
        let (owner, taken) = owner(&["  Bonjour Service", " [svchost.exe]"]);
        assert_eq!(
            (owner.component(), owner.image.as_deref(), taken),
            (Some("Bonjour Service"), Some("svchost.exe"), 2)
        );
    }

    #[test]
    fn a_component_without_image_needs_its_indentation() {
        assert_eq!(owner(&["  CDPSvc"]).0.component(), Some("CDPSvc"));
        assert_eq!(owner(&["done"]).0.component(), None);
        assert_eq!(owner(&["CDPSvc", "[svchost.exe]"]).0.component(), Some("CDPSvc"));
    }

    #[test]
    fn prose_about_a_missing_owner_names_nobody() {
        for text in [
            " Can not obtain ownership information",
            "  x: Windows Sockets initialization failed: 5",
        ] {
            let (owner, taken) = owner(&[text]);
            assert!(!owner.is_known() && taken == 1, "{text}");
        }
        assert_eq!(owner(&["The next listing follows"]).1, 0);
    }

    #[test]
    fn a_call_chain_is_kept_in_order() {
        let (owner, _) = owner(&[
            "  wininet.dll",
            "  C:\\WINDOWS\\system32\\WS2_32.dll",
            "  -- unknown component(s) --",
            "  [spollsv.exe]",
        ]);
        assert_eq!(owner.modules, ["wininet.dll", "C:\\WINDOWS\\system32\\WS2_32.dll"]);
        assert_eq!((owner.image.as_deref(), owner.component()), (Some("spollsv.exe"), None));
    }
}
