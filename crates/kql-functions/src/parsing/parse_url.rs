use super::query::parameters;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("parse_url", Family::Parsing, PARAMETERS, Returns::DYNAMIC, make)
    .also(&["parseurl"])
    .does("Takes a URL apart into its scheme, host, port, path, user, password, parameters and fragment.")
    .examples(&[
        example("print parse_url('scheme://username:password@host:1234/this/is/a/path?k1=v1&k2=v2#fragment')", "{\"Scheme\":\"scheme\",\"Host\":\"host\",\"Port\":\"1234\",\"Path\":\"/this/is/a/path\",\"Username\":\"username\",\"Password\":\"password\",\"Query Parameters\":{\"k1\":\"v1\",\"k2\":\"v2\"},\"Fragment\":\"fragment\"}"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("url", Accepts::STRING, "the URL, with its scheme")];

fn make(_: &[Argument]) -> Made {
    always(|row| {
        let url = Url::parse(row.text(0));
        let text = DynamicBuilder::string;
        DynamicBuilder::bag([
            ("Scheme", text(url.scheme)),
            ("Host", text(url.host)),
            ("Port", text(url.port)),
            ("Path", text(url.path)),
            ("Username", text(url.username)),
            ("Password", text(url.password)),
            ("Query Parameters", parameters(url.query)),
            ("Fragment", text(url.fragment)),
        ])
    })
}

/// The parts of a URL (RFC 3986); those that are missing are empty.
#[derive(Default)]
struct Url<'u> {
    scheme: &'u str,
    host: &'u str,
    port: &'u str,
    path: &'u str,
    username: &'u str,
    password: &'u str,
    query: &'u str,
    fragment: &'u str,
}

impl<'u> Url<'u> {
    fn parse(text: &'u str) -> Self {
        let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
        let (text, query) = text.split_once('?').unwrap_or((text, ""));
        let Some((scheme, rest)) = text.split_once("://") else {
            return Self {
                path: text,
                query,
                fragment,
                ..Self::default()
            };
        };
        let (authority, path) = rest
            .split_at_checked(rest.find('/').unwrap_or(rest.len()))
            .unwrap_or((rest, ""));
        let (user, place) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (username, password) = user.split_once(':').unwrap_or((user, ""));
        let port = place
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        let (host, port) = port.unwrap_or((place, ""));
        Self {
            scheme,
            host,
            port,
            path,
            username,
            password,
            query,
            fragment,
        }
    }
}
