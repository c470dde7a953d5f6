use whotalks_record::{EvidenceId, Pid, Position, Span, Timestamp, WebRequest, WebRequestStage};

use super::Requests;
use crate::Event;
use crate::template::Templates;
use crate::template::tests::event;

const WININET: &str = "43d1a55c-76d6-4f7e-995c-64c711e5cafe";
const WEBIO: &str = "50b3e73c-9370-461d-bb9f-26f32d68887d";
const WINHTTP: &str = "7d44233d-3055-4b9c-ba64-0d47ca40a232";
const BITS: &str = "ef1cc15b-46c1-414e-bb95-e76b077bd51e";

const ASKER: u32 = 77;

/// Reads events one after the other, each a second after the one before it.
#[derive(Default)]
struct Trace {
    requests: Requests,
    templates: Templates,
    number: u64,
}

impl Trace {
    fn read(&mut self, provider: &str, (id, version): (u16, u8), payload: &[Vec<u8>]) -> Option<WebRequest> {
        self.read_of(ASKER, provider, (id, version), &payload.concat())
    }

    fn read_of(&mut self, pid: u32, provider: &str, (id, version): (u16, u8), payload: &[u8]) -> Option<WebRequest> {
        self.number += 1;
        let seen = Event {
            span: Span {
                position: Position::Record(self.number),
                ..Span::whole(EvidenceId(1))
            },
            time: Some(Timestamp::from_seconds(self.number.cast_signed(), 0)),
            process_id: Some(pid),
            ..event(provider, id, version, payload)
        };
        self.requests.read(&seen, &mut self.templates)
    }
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

fn narrow(text: &str) -> Vec<u8> {
    [text.as_bytes(), &[0]].concat()
}

/// A text behind the number of its bytes, without an end.
fn counted(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap();
    [&length.to_le_bytes()[..], text.as_bytes()].concat()
}

/// A text behind the number of its characters, without an end.
fn counted_wide(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.encode_utf16().count()).unwrap();
    let characters = text.encode_utf16().flat_map(u16::to_le_bytes);
    length.to_le_bytes().into_iter().chain(characters).collect()
}

fn long(number: u64) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}

fn short(number: u32) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}

fn end(last: u8, port: u16) -> Vec<u8> {
    [
        &16_u32.to_le_bytes()[..],
        &[2, 0],
        &port.to_be_bytes(),
        &[192, 0, 2, last],
        &[0; 8],
    ]
    .concat()
}

fn connect(request: u64, socket: u32, port: u16) -> [Vec<u8>; 5] {
    [long(request), short(socket), short(6), end(5, port), end(8, 3_128)]
}

fn told(request: &WebRequest) -> String {
    let carrier = request.carrier.map_or_else(String::new, |carrier| {
        let local = carrier.local.map_or_else(|| "?".to_owned(), |local| local.to_string());
        format!("{local} → {} by {}", carrier.remote, carrier.span(EvidenceId(1)))
    });
    let texts = [
        &request.name,
        &request.url,
        &request.proxy,
        &request.job,
        &request.account,
        &request.image,
    ];
    let texts = texts.map(|text| text.as_deref().unwrap_or("-")).join(" ");
    format!(
        "{:?} {} pid {:?} port {:?} status {:?} {texts} [{carrier}]",
        request.stage,
        request.span,
        request.pid.map(|pid| pid.0),
        request.port,
        request.status
    )
}

#[test]
fn a_request_of_wininet_has_the_connection_of_its_handle_and_a_reused_one_as_well() {
    let mut trace = Trace::default();
    let url = |request, url: &str| [long(request), narrow(url)];
    assert_eq!(
        trace.read(WININET, (1007, 0), &url(1, "https://Real.Example/a?secret")),
        None
    );
    let sent = trace.read(WININET, (1046, 1), &connect(1, 9, 50_000)).unwrap();
    assert_eq!(
        told(&sent),
        "Sent E1@1 pid Some(77) port Some(443) status None real.example https://real.example/a - - - - \
         [192.0.2.5:50000 → 192.0.2.8:3128 by E1@2]"
    );
    trace.read(WININET, (1007, 0), &url(2, "http://other.example/"));
    let reused = trace.read(WININET, (1048, 0), &[long(2), short(9)]).unwrap();
    assert_eq!(
        (reused.name.as_deref(), reused.carrier),
        (Some("other.example"), sent.carrier)
    );
    assert_eq!(trace.read(WININET, (1049, 0), &url(2, "http://third.example/")), None);
    assert_eq!(
        trace.read(WININET, (1048, 0), &[long(2), short(9)]),
        None,
        "it is not told what a redirected request asks for"
    );
    trace.read(WININET, (303, 0), &[long(9)]);
    assert_eq!(
        trace.read(WININET, (1048, 0), &[long(1), short(9)]),
        None,
        "the socket is closed"
    );
}

#[test]
fn handles_of_two_processes_are_not_one() {
    let mut trace = Trace::default();
    trace.read(WININET, (1007, 0), &[long(1), narrow("https://real.example/")]);
    let payload = connect(1, 9, 50_000).concat();
    assert_eq!(trace.read_of(78, WININET, (1046, 1), &payload), None);
}

#[test]
fn a_call_without_a_request_names_the_server_it_was_made_for() {
    let mut trace = Trace::default();
    let calls = [counted("Server.Example"), long(3), long(9), short(50_000)];
    assert_eq!(trace.read(WININET, (301, 0), &calls), None);
    let made = trace.read(WININET, (1046, 1), &connect(1, 9, 50_000)).unwrap();
    assert_eq!(
        (made.stage, made.name.as_deref(), made.pid),
        (WebRequestStage::Connected, Some("server.example"), Some(Pid(ASKER)))
    );
    assert_eq!(trace.read(WININET, (1046, 1), &connect(1, 9, 50_001)), None);
}

#[test]
fn an_answered_request_is_told_unless_it_came_out_of_the_cache() {
    let mut trace = Trace::default();
    let answered = |cache| {
        let texts = ["http://name.example/x", "GET", "Host: name.example", "Server: x"]
            .map(narrow)
            .concat();
        [texts, short(200), short(cache)]
    };
    let seen = trace.read(WININET, (1057, 0), &answered(0)).unwrap();
    assert_eq!(
        told(&seen),
        "Answered E1@1 pid Some(77) port Some(80) status Some(200) name.example http://name.example/x - - - - []"
    );
    assert_eq!(seen.verb.as_deref(), Some("GET"));
    assert_eq!(trace.read(WININET, (1057, 0), &answered(1)), None);
    let cut = [answered(0).first().unwrap().clone()];
    assert_eq!(trace.read(WININET, (1057, 0), &cut), None);
}

fn call(connection: u64, last: u8, error: u32) -> [Vec<u8>; 6] {
    [
        long(connection),
        long(9),
        end(last, 443),
        long(0),
        long(0),
        short(error),
    ]
}

fn secured(connection: u64, host: &str) -> Vec<Vec<u8>> {
    let handles = [connection, 1, 2, 3, 4].map(long);
    [
        &handles[..],
        &[wide(host)],
        &[
            short(0),
            long(0),
            short(0),
            short(0),
            short(0),
            long(0),
            short(0),
            short(0),
        ],
    ]
    .concat()
}

#[test]
fn a_connection_of_webio_is_joined_to_its_tls_and_its_requests() {
    let mut trace = Trace::default();
    assert_eq!(trace.read(WEBIO, (200, 0), &call(1, 8, 0)), None);
    let made = trace.read(WEBIO, (201, 0), &call(1, 8, 0)).unwrap();
    assert_eq!(
        told(&made),
        "Connected E1@2 pid Some(77) port None status None - - - - - - [? → 192.0.2.8:443 by E1@2]"
    );
    assert_eq!(
        made.carrier.map(|carrier| carrier.made),
        Some(Timestamp::from_seconds(1, 0))
    );
    let tls = trace.read(WEBIO, (700, 0), &secured(1, "Real.Example")).unwrap();
    assert_eq!((tls.name.as_deref(), tls.carrier), (Some("real.example"), made.carrier));
    assert_eq!(trace.read(WEBIO, (703, 0), &secured(1, "real.example")), None);
    let request = [
        long(5),
        long(6),
        long(7),
        long(8),
        narrow("GET"),
        wide("https://real.example/path"),
        vec![1, 0, 1, 0],
        short(0),
    ];
    assert_eq!(trace.read(WEBIO, (18, 0), &request), None);
    let sent = trace.read(WEBIO, (104, 0), &[long(5), long(0), long(1)]).unwrap();
    assert_eq!(
        (sent.url.as_deref(), sent.carrier),
        (Some("https://real.example/path"), made.carrier)
    );
}

#[test]
fn a_connection_that_failed_or_is_another_one_now_carries_nothing() {
    let mut trace = Trace::default();
    trace.read(WEBIO, (200, 0), &call(1, 8, 0));
    trace.read(WEBIO, (202, 0), &call(1, 8, 10_060));
    let alone = trace.read(WEBIO, (700, 0), &secured(1, "real.example")).unwrap();
    assert_eq!((alone.name.as_deref(), alone.carrier), (Some("real.example"), None));
    trace.read(WEBIO, (201, 0), &call(1, 9, 0));
    let again = trace.read(WEBIO, (700, 0), &secured(1, "real.example")).unwrap();
    assert_eq!(
        again.carrier.map(|carrier| carrier.remote.to_string()).as_deref(),
        Some("192.0.2.9:443")
    );
}

#[test]
fn what_a_service_writes_names_no_asker_but_the_one_it_states() {
    let mut trace = Trace::default();
    let found = [
        counted_wide("https://real.example/"),
        counted_wide("PROXY proxy.example:8080;"),
    ];
    let seen = trace.read(WINHTTP, (814, 1), &found).unwrap();
    assert_eq!(
        told(&seen),
        "ProxyFound E1@1 pid None port Some(443) status None real.example https://real.example/ \
         PROXY proxy.example:8080; - - - []"
    );
    let old = [counted("https://real.example/"), counted("DIRECT")];
    assert_eq!(
        trace.read(WININET, (814, 0), &old).unwrap().proxy.as_deref(),
        Some("DIRECT")
    );
    let uneven = [counted_wide("https://real.example/"), counted_wide("DIRECT"), vec![0]];
    assert_eq!(trace.read(WINHTTP, (814, 1), &uneven), None);
    let about = ["Host.Example:8443", r"C:\m.dll", "m.dll", r"C:\p.exe", "p.exe"].map(wide);
    let asked = trace.read(WINHTTP, (1053, 0), &about).unwrap();
    assert_eq!(
        (asked.name.as_deref(), asked.port, asked.image.as_deref(), asked.pid),
        (Some("host.example"), Some(8_443), Some(r"C:\p.exe"), None)
    );
    let looked_up = trace
        .read(WINHTTP, (1052, 0), &[short(11_001), short(0), narrow("wpad")])
        .unwrap();
    assert_eq!(
        (looked_up.name.as_deref(), looked_up.status),
        (Some("wpad"), Some(11_001))
    );
}

#[test]
fn a_transfer_is_that_of_who_ordered_its_job() {
    let mut trace = Trace::default();
    let job = [7_u8; 16].to_vec();
    let ordered = [
        wide("Update"),
        job.clone(),
        wide(r"CORP\anna"),
        wide(r"C:\updater.exe"),
        short(4_242),
        long(1),
    ];
    assert_eq!(trace.read(BITS, (3, 3), &ordered), None);
    let ended = |job: Vec<u8>| {
        [
            vec![1; 16],
            wide("Update"),
            job,
            wide("http://files.example/a.cab?x"),
            wide(""),
            short(0),
            long(0),
            long(10),
            long(10),
            long(10),
            wide("proxy.example:8080"),
        ]
    };
    assert_eq!(
        told(&trace.read(BITS, (60, 0), &ended(job)).unwrap()),
        r"TransferEnded E1@2 pid Some(4242) port Some(80) status Some(0) files.example http://files.example/a.cab proxy.example:8080 Update CORP\anna C:\updater.exe []"
    );
    let other = trace.read(BITS, (60, 0), &ended(vec![8; 16])).unwrap();
    assert_eq!((other.pid, other.account), (None, None));
}

#[test]
fn no_truncation_of_an_event_tells_more_than_the_whole() {
    let whole: [(&str, u16, u8, Vec<u8>); 4] = [
        (WININET, 1046, 1, connect(1, 9, 50_000).concat()),
        (WEBIO, 201, 0, call(1, 8, 0).concat()),
        (
            WINHTTP,
            814,
            1,
            [counted_wide("https://real.example/"), counted_wide("DIRECT")].concat(),
        ),
        (WEBIO, 700, 0, secured(1, "real.example").concat()),
    ];
    for (provider, id, version, payload) in whole {
        let read = |payload: &[u8]| {
            let mut trace = Trace::default();
            trace.read(WININET, (1007, 0), &[long(1), narrow("https://real.example/")]);
            trace.read_of(ASKER, provider, (id, version), payload)
        };
        let all = read(&payload).unwrap();
        for length in 0..payload.len() {
            if let Some(part) = payload.get(..length).and_then(read) {
                let same = (&part.name, &part.url, part.carrier) == (&all.name, &all.url, all.carrier);
                assert!(same && part.proxy == all.proxy, "{provider} {id} {length}");
            }
        }
    }
}
