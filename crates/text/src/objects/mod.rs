//! Objects that PowerShell commands print, as a list, a table or comma-separated values: `Get-NetTCPConnection`,
//! `Get-NetUDPEndpoint`, `Get-DnsClientCache`, `Get-MpComputerStatus`, `Get-MpPreference`, `Get-NetFirewallRule`.
//!
//! The names of properties are the same in every language of Windows; which command printed an object follows from them.
//! Socket listings see one moment only; a cache says what the host resolved, not what connected; a preference is what was set,
//! which a tampered service need not follow; of a rule only its name is taken, since a rule is no filter.

mod comma;
mod defender;
mod fields;
mod list;
mod names;
mod sockets;
mod table;

use whotalks_record::{ListingTool, Span};

use crate::facts::Facts;
use crate::lines::Line;
use crate::output::{Listing, Output};
use crate::recogniser::{End, Recogniser};
use comma::Comma;
pub(crate) use defender::network_protection;
pub(crate) use fields::Fields;
use list::List;
use table::Table;

/// What a command printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    TcpConnection,
    UdpEndpoint,
    CachedName,
    Defender,
    FirewallRule,
}

impl Kind {
    /// The kind of an object with these properties; none for others.
    pub(crate) fn of(has: &dyn Fn(&str) -> bool) -> Option<Self> {
        let all = |names: &[&str]| names.iter().all(|name| has(name));
        if all(&["LocalAddress", "LocalPort", "RemoteAddress", "RemotePort"]) {
            return Some(Self::TcpConnection);
        }
        if all(&["Entry", "DataLength"]) || all(&["Entry", "RecordName"]) {
            return Some(Self::CachedName);
        }
        if all(&["RealTimeProtectionEnabled"]) || all(&["EnableNetworkProtection"]) {
            return Some(Self::Defender);
        }
        if all(&["DisplayName", "Direction", "Action"]) && (has("Name") || has("ID") || has("InstanceID")) {
            return Some(Self::FirewallRule);
        }
        (all(&["LocalAddress", "LocalPort"]) && !has("RemotePort")).then_some(Self::UdpEndpoint)
    }

    const fn tool(self) -> ListingTool {
        match self {
            Self::TcpConnection | Self::UdpEndpoint => ListingTool::NetTcpConnection,
            Self::CachedName => ListingTool::DnsClientCache,
            Self::Defender => ListingTool::Defender,
            Self::FirewallRule => ListingTool::FirewallRules,
        }
    }
}

/// Reads objects.
#[derive(Default)]
pub(crate) struct Objects {
    form: Form,
    list: List,
    previous: Option<(Span, String)>,
    kind: Option<Kind>,
    listing: Option<Listing>,
    facts: Facts,
    last: Option<Span>,
}

/// How the objects are printed.
#[derive(Default)]
enum Form {
    /// As a list, or not known yet.
    #[default]
    List,
    Table(Table),
    Comma(Comma),
}

impl Recogniser for Objects {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let claimed = self.take(line, output);
        if claimed {
            self.last = Some(line.span);
            self.facts.touch(line.span);
        }
        self.previous = (!line.text.trim().is_empty()).then(|| (line.span, line.text.clone()));
        claimed
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.end_list(output);
        self.end_listing(output);
        self.form = Form::List;
        self.list = List::default();
        self.previous = None;
    }
}

impl Objects {
    fn take(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if self.begins(line, output) {
            return true;
        }
        let object = match &self.form {
            Form::Table(table) => table.row(line),
            Form::Comma(comma) => comma.row(line),
            Form::List => return self.take_list(line, output),
        };
        match object {
            Some(fields) => {
                self.emit(&fields, output);
                true
            }
            None if line.text.trim().is_empty() => true,
            None => {
                self.form = Form::List;
                self.take_list(line, output)
            }
        }
    }

    /// The titles of a table with their rule, or those of comma-separated values.
    fn begins(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let titles = self.previous.as_ref().map(|(_, text)| text.as_str());
        let form = Table::start(&line.text, titles)
            .map(|(kind, table)| (kind, Form::Table(table)))
            .or_else(|| Comma::start(&line.text).map(|(kind, comma)| (kind, Form::Comma(comma))));
        let Some((kind, form)) = form else { return false };
        self.end_list(output);
        self.change(kind, output);
        self.form = form;
        true
    }

    fn take_list(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if self.list.repeats(line) {
            // The blank line between two objects was not for this reader, which had nothing to claim yet.
            self.end_list(output);
        }
        if self.list.take(line) {
            let endpoints = self.kind == Some(Kind::UdpEndpoint) && self.is_open();
            return self.list.kind().is_some() || endpoints;
        }
        let had = self.list.kind().is_some();
        self.end_list(output);
        // A blank line ends an object; the next may follow.
        had && line.text.trim().is_empty() || self.is_open() && line.text.trim().is_empty()
    }

    fn end_list(&mut self, output: &mut Output<'_>) {
        if let Some((kind, fields)) = std::mem::take(&mut self.list).finish() {
            self.change(kind, output);
            self.emit(&fields, output);
        }
    }

    const fn is_open(&self) -> bool {
        self.listing.is_some() || self.facts.is_open()
    }

    /// Objects of another kind are another listing. Sockets of both protocols are one, and so are the two of Defender.
    fn change(&mut self, kind: Kind, output: &mut Output<'_>) {
        let same = self.kind.is_some_and(|known| known == kind);
        if !same {
            self.end_listing(output);
        }
        self.kind = Some(kind);
    }

    fn end_listing(&mut self, output: &mut Output<'_>) {
        if let (Some(listing), Some(last)) = (self.listing.take(), self.last) {
            output.close(listing, last);
        }
        self.facts.close(output);
        self.kind = None;
    }

    fn emit(&mut self, fields: &Fields, output: &mut Output<'_>) {
        // An object that only its end made known has claimed no line.
        self.last = self.last.max(Some(fields.span));
        match self.kind {
            Some(Kind::Defender) => defender::status(fields, &mut self.facts, output),
            Some(Kind::FirewallRule) => defender::rule(fields, &mut self.facts, output),
            Some(kind) => self.emit_row(kind, fields, output),
            None => {}
        }
    }

    fn emit_row(&mut self, kind: Kind, fields: &Fields, output: &mut Output<'_>) {
        let listing = self.listing.take();
        let has_owners = fields.get("OwningProcess").is_some();
        let mut listing = listing.unwrap_or_else(|| output.open(kind.tool(), fields.span, has_owners));
        match kind {
            Kind::CachedName => names::emit(fields, &mut listing, output),
            _ => sockets::emit(kind, fields, &mut listing, output),
        }
        self.listing = Some(listing);
    }
}
