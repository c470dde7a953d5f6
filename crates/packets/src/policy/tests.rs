//! Policies, right and wrong.

use proptest::prelude::*;

use super::{Network, Policy, PortRange, Problem, Severity};

fn problem(text: &str) -> Problem {
    Policy::parse(text).unwrap_err().problem
}

#[test]
fn the_bundled_example_is_a_policy() {
    let policy = Policy::parse(include_str!("../../../../examples/policy.toml")).unwrap();
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
