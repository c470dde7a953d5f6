//! Which call an answer is for, and to whom.

use std::collections::HashMap;

use super::*;
use crate::FieldId;
use crate::extract::Question;

/// Interfaces and calls of a connection.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    interfaces: HashMap<u64, &'static Interface>,
    waiting: HashMap<u64, Waiting>,
}

/// A call that waits for its response.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    interface: Option<&'static Interface>,
    operation: u64,
    question: Question,
}

/// An interface, the field of its protocol, and that of its operations.
type Interface = ([u8; 16], FieldId, FieldId);

/// Calls that may wait for their response.
const MOST_WAITING: usize = 1024;

/// Interfaces with a protocol of their own, in the byte order of the wire (MS-* "Standards Assignments").
static INTERFACES: [Interface; 10] = [
    (*b"\x08\x83\xaf\xe1\x1f\x5d\xc9\x11\x91\xa4\x08\x00\x2b\x14\xa0\xfa", EPM, EPM_OPNUM),
    (*b"\x81\xbb\x7a\x36\x44\x98\xf1\x35\xad\x32\x98\xf0\x38\x00\x10\x03", SVCCTL, SVCCTL_OPNUM),
    (*b"\x78\x57\x34\x12\x34\x12\xcd\xab\xef\x00\x01\x23\x45\x67\x89\xac", SAMR, SAMR_OPNUM),
    (*b"\x78\x57\x34\x12\x34\x12\xcd\xab\xef\x00\x01\x23\x45\x67\x89\xab", LSARPC, LSARPC_OPNUM),
    (*b"\xc8\x4f\x32\x4b\x70\x16\xd3\x01\x12\x78\x5a\x47\xbf\x6e\xe1\x88", SRVSVC, SRVSVC_OPNUM),
    (*b"\x98\xd0\xff\x6b\x12\xa1\x10\x36\x98\x33\x46\xc3\xf8\x7e\x34\x5a", WKSSVC, WKSSVC_OPNUM),
    (*b"\x78\x56\x34\x12\x34\x12\xcd\xab\xef\x00\x01\x23\x45\x67\xcf\xfb", RPC_NETLOGON, NETLOGON_OPNUM),
    (*b"\x01\xd0\x8c\x33\x44\x22\xf1\x31\xaa\xaa\x90\x00\x38\x00\x10\x03", WINREG, WINREG_OPNUM),
    (*b"\x35\x42\x51\xe3\x06\x4b\xd1\x11\xab\x04\x00\xc0\x4f\xc2\xdc\xd2", DRSUAPI, DRSUAPI_OPNUM),
    (*b"\x82\x06\xf7\x1f\x51\x0a\xe8\x30\x07\x6d\x74\x0b\xe8\xce\xe9\x8b", ATSVC, ATSVC_OPNUM),
];

/// What the earlier calls of a connection say about one.
pub(super) fn follow<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    if !is_little_endian(message) {
        return;
    }
    let question = context.question();
    let calls = &mut context.talk.calls;
    match message.u8(2) {
        Some(BIND | ALTER_CONTEXT) => calls.bind(message),
        Some(REQUEST) => calls.request(message, question, out),
        Some(RESPONSE | FAULT) => calls.response(message, question, out),
        _ => {}
    }
}

impl Calls {
    fn bind(&mut self, message: Bytes<'_>) {
        let mut item = message.from(28);
        for _ in 0..message.u8(24).unwrap_or_default() {
            let (Some(number), Some(identifier)) = (item.le(0, 2), item.slice(4, 16)) else { return };
            match INTERFACES.iter().find(|(known, ..)| known == identifier) {
                Some(interface) => _ = self.interfaces.insert(number, interface),
                None => _ = self.interfaces.remove(&number),
            }
            item = item.from(24 + usize::from(item.u8(2).unwrap_or_default()) * 20);
        }
    }

    fn request<'a>(&mut self, message: Bytes<'a>, question: Question, out: &mut Out<'_, '_, 'a>) {
        let (Some(call), Some(number), Some(operation)) = (message.le(12, 4), message.le(20, 2), message.le(22, 2)) else {
            return;
        };
        let interface = self.interfaces.get(&number).copied();
        if self.waiting.len() >= MOST_WAITING {
            self.waiting.clear();
        }
        let waiting = Waiting {
            interface,
            operation,
            question,
        };
        self.waiting.insert(call, waiting);
        waiting.tell(message, out);
    }

    fn response<'a>(&self, message: Bytes<'a>, now: Question, out: &mut Out<'_, '_, 'a>) {
        let Some(waiting) = message.le(12, 4).and_then(|call| self.waiting.get(&call)) else { return };
        out.number(OPNUM, Some(waiting.operation));
        out.number(REQUEST_IN, Some(waiting.question.frame));
        out.span(TIME, Some(now.time - waiting.question.time));
        if message.u8(2) == Some(RESPONSE) && waiting.interface.is_some() {
            // Wireshark's reader of the interface says it once more.
            out.number(REQUEST_IN, Some(waiting.question.frame));
            waiting.tell(message, out);
        }
    }
}

impl Waiting {
    fn tell<'a>(&self, message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
        if let Some((_, protocol, operation)) = self.interface {
            out.protocol(*protocol, message.from(24).0);
            out.number(*operation, Some(self.operation));
        }
    }
}
