//! Policies, right and wrong.

use proptest::prelude::*;

use whotalks_record::{ApplicationProtocol, Endpoint, IpProtocol};

use super::{Criterion, NamePattern, Network, Policy, PortRange, Problem, Severity, Talk, Verdict, protocols};

fn problem(text: &str) -> Problem {
    Policy::parse(text).unwrap_err().problem
}

#[test]
fn the_bundled_example_is_a_policy() {
    let policy = Policy::parse(include_str!("../../../examples/policy.toml")).unwrap();
    assert!(policy.rules.len() >= 3);
}

#[test]
fn a_rule_has_a_title_and_a_severity_of_its_own_or_the_usual_one() {
    let text = "[[rule]]\ntitle = \"a\"\nports = [23]\n[[rule]]\ntitle = \"b\"\nseverity = \"high\"\napplications = [\"smb1\"]\n";
    let policy = Policy::parse(text).unwrap();
    let severities: Vec<Severity> = policy.rules.iter().map(|rule| rule.severity).collect();
    assert_eq!(severities, [Severity::Medium, Severity::High]);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    assert_eq!(problem(""), Problem::NoRule);
    assert_eq!(problem("[[rule]]\ntitle = \"all\"\n"), Problem::NoCriterion);
    let error =
        Policy::parse("[[rule]]\ntitle = \"a\"\nports = [23]\n[[rule]]\ntitle = \"b\"\nports = [\"x\"]\n").unwrap_err();
    assert_eq!(error.rule, Some(2));
    let error = Policy::parse("[[rule]]\ntitle = \"a\"\nprots = [23]\n").unwrap_err();
    assert_eq!(error.line, Some(3));
    assert!(matches!(error.problem, Problem::Syntax { .. }));
}

#[test]
fn an_unknown_application_is_an_error_with_suggestions() {
    let wrong = problem("[[rule]]\ntitle = \"a\"\napplications = [\"smb\"]\n");
    let Problem::UnknownApplication { suggestions, .. } = wrong else {
        panic!("{wrong:?}");
    };
    assert!(suggestions.contains(&"smb1"), "{suggestions:?}");
}

#[test]
fn a_name_means_itself_or_what_is_below_it() {
    let fits = |pattern: &str, name: &str| NamePattern::parse(pattern).unwrap().fits(name);
    assert!(fits("*.Example.com", "www.example.COM.") && fits("*.example.com", "a.b.example.com"));
    assert!(!fits("*.example.com", "example.com") && !fits("*.example.com", "badexample.com"));
    assert!(fits("example.com", "example.com") && !fits("example.com", "www.example.com"));
    for wrong in ["", "*", "*.", "a..b", "www.*.com", "http://a", "a b"] {
        assert!(NamePattern::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn every_list_of_a_rule_must_fit() {
    let text = "[[rule]]\ntitle = \"a\"\nports = [443]\nnames = [\"*.example\"]\nexcept = [\"10.0.0.0/8\"]\n";
    let policy = Policy::parse(text).unwrap();
    let judge = |destination: &str, port, names: Option<&[&str]>| {
        policy.rules[0].judge(&Talk {
            protocol: IpProtocol::TCP,
            source: Endpoint::new("192.0.2.1".parse().unwrap(), 50_000),
            destination: Endpoint::new(destination.parse().unwrap(), port),
            application: Some(ApplicationProtocol::Unknown),
            names,
        })
    };
    let named = Some(&["x", "www.example"][..]);
    assert_eq!(judge("198.51.100.1", 443, named), Verdict::Forbidden);
    assert_eq!(judge("198.51.100.1", 80, named), Verdict::Allowed);
    assert_eq!(judge("198.51.100.1", 443, Some(&[])), Verdict::Allowed);
    assert_eq!(judge("10.1.1.1", 443, named), Verdict::Allowed);
    // What is not known decides only where all else fits.
    assert_eq!(judge("198.51.100.1", 443, None), Verdict::Unknown(Criterion::Names));
    assert_eq!(judge("198.51.100.1", 80, None), Verdict::Allowed);
}

#[test]
fn protocols_are_known_by_name_and_stand_alone() {
    let text = "[[rule]]\ntitle = \"a\"\nprotocols = [\"gre\", \"ip:ipv6\"]\n";
    let policy = Policy::parse(text).unwrap();
    let numbers: Vec<_> = policy.protocols().iter().map(|path| path.ip_protocol()).collect();
    assert_eq!(numbers, [Some(IpProtocol(47)), None]);
    assert_eq!(problem(&format!("{text}ports = [1]\n")), Problem::MixedLayers);
    let wrong = problem("[[rule]]\ntitle = \"a\"\nprotocols = [\"ipv4\"]\n");
    let Problem::UnknownProtocol { suggestions, .. } = wrong else {
        panic!("{wrong:?}");
    };
    assert!(suggestions.contains(&"ip"), "{suggestions:?}");
    let mut names: Vec<_> = protocols().collect();
    names.sort_unstable();
    assert!(names.is_sorted_by(|one, next| one < next), "each name once");
}

#[test]
fn a_network_holds_what_begins_with_its_bits() {
    let contains = |network: &str, address: &str| Network::parse(network).unwrap().contains(address.parse().unwrap());
    assert!(contains("192.0.2.0/24", "192.0.2.255"));
    assert!(!contains("192.0.2.0/24", "192.0.3.0"));
    assert!(contains("0.0.0.0/0", "255.255.255.255") && !contains("0.0.0.0/0", "::1"));
    assert!(contains("2001:db8::/32", "2001:db8:ffff::1"));
    assert!(contains("192.0.2.1", "::ffff:192.0.2.1"));
    for wrong in ["192.0.2.0/33", "2001:db8::/129", "host", "192.0.2.0/", ""] {
        assert!(Network::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_range_of_ports_holds_both_its_ends() {
    let range = PortRange::parse("6881-6889").unwrap();
    assert!(range.contains(6881) && range.contains(6889) && !range.contains(6890));
    for wrong in ["9-1", "65536", "-", "1-", ""] {
        assert!(PortRange::parse(wrong).is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn any_text_is_a_policy_or_an_error(text in ".{0,200}") {
        drop(Policy::parse(&text));
    }
}
