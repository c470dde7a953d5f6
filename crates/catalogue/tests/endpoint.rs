//! Which row answers for a name.

use std::net::IpAddr;

use proptest::prelude::*;
use whotalks_catalogue::{CallerVerdict, Catalogue, DomainPattern, PatternError};

fn feature(name: &str) -> Option<&'static str> {
    Catalogue::bundled()
        .endpoint(name, None)
        .map(|it| it.feature.id.as_str())
}

#[test]
fn an_exact_name_beats_a_wildcard_and_a_longer_wildcard_beats_a_shorter_one() {
    let pattern = |name| {
        Catalogue::bundled()
            .endpoint(name, None)
            .map(|it| it.pattern().to_owned())
    };
    assert_eq!(
        pattern("v10.events.data.microsoft.com").as_deref(),
        Some("v10.events.data.microsoft.com")
    );
    assert_eq!(
        pattern("a.b.events.data.microsoft.com").as_deref(),
        Some("*.events.data.microsoft.com")
    );
    assert_eq!(
        pattern("7.tlu.dl.delivery.mp.microsoft.com").as_deref(),
        Some("*.tlu.dl.delivery.mp.microsoft.com")
    );
    assert_eq!(
        pattern("x.delivery.mp.microsoft.com").as_deref(),
        Some("*.delivery.mp.microsoft.com")
    );
    assert_eq!(
        pattern("winatp-gw-neu3.microsoft.com").as_deref(),
        Some("winatp-gw-*.microsoft.com")
    );
}

#[test]
fn case_and_a_trailing_dot_do_not_matter() {
    assert_eq!(feature("V10.Events.Data.Microsoft.COM."), Some("diag"));
}

#[test]
fn a_wildcard_ends_at_a_label() {
    assert_eq!(feature("evilwindowsupdate.com"), None);
    assert_eq!(feature("windowsupdate.com.evil.example"), None);
    assert_eq!(feature("notgo.microsoft.com"), None);
    assert_eq!(feature("a.winatp-gw-neu3.microsoft.com"), None);
}

#[test]
fn names_that_are_none_are_unknown() {
    for name in [
        "",
        ".",
        "..",
        "a..b",
        &"a.".repeat(200),
        "192.0.2.1",
        "テスト.example",
        "xn--zckzah.example",
    ] {
        assert_eq!(feature(name), None, "{name:?}");
    }
}

#[test]
fn a_shared_suffix_makes_nothing_known_but_an_exact_name_below_it_may_be() {
    let catalogue = Catalogue::bundled();
    for name in [
        "e1.dscb.akamaiedge.net",
        "mystorage.blob.core.windows.net",
        "d111111abcdef8.cloudfront.net",
        "x.azureedge.net",
        "ec2-1.compute.amazonaws.com",
        "lh3.googleusercontent.com",
        "evil.trafficmanager.net",
        "contoso.sharepoint.com",
        "akamaiedge.net",
        "wd-prod-evil-fe.westus.cloudapp.azure.com",
    ] {
        assert_eq!(feature(name), None, "{name}");
        assert!(catalogue.shared_host(name).is_some(), "{name}");
    }
    let known = catalogue
        .endpoint("img-prod-cms-rt-microsoft-com.akamaized.net", None)
        .expect("listed by name");
    assert_eq!(known.feature.id, "store.img");
    assert_eq!(known.shared_host.map(|it| it.owner.as_str()), Some("Akamai"));
    assert!(catalogue.shared_host("www.example.com").is_none());
}

#[test]
fn a_path_decides_only_where_it_is_visible() {
    let found = |path| {
        Catalogue::bundled()
            .endpoint("www.microsoft.com", path)
            .map(|it| it.feature.id.as_str())
    };
    assert_eq!(found(None), Some("www.ms"));
    assert_eq!(found(Some("/pkiops/crl/x.crl")), Some("cert.revocation"));
    assert_eq!(found(Some("/PKI/certs/x.crt")), Some("cert.revocation"));
    assert_eq!(found(Some("/ja-jp/")), Some("www.ms"));
}

#[test]
fn an_endpoint_of_several_features_says_so() {
    let shared = Catalogue::bundled()
        .endpoint("login.live.com", None)
        .expect("documented");
    assert!(shared.is_shared());
    assert_eq!(shared.also.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["msa"]);
    let single = Catalogue::bundled()
        .endpoint("time.windows.com", None)
        .expect("documented");
    assert!(!single.is_shared());
    assert_eq!(
        single.turn_offs.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(),
        ["time.off"]
    );
}

#[test]
fn code_hosting_is_known_but_anyone_can_publish_there() {
    let known = Catalogue::bundled()
        .endpoint("raw.githubusercontent.com", None)
        .expect("documented");
    assert!(known.endpoint.anyone_can_publish);
}

#[test]
fn an_unexpected_caller_is_told_only_where_the_list_is_closed() {
    let judge = |name, image, service| {
        Catalogue::bundled()
            .endpoint(name, None)
            .expect("documented")
            .judge_caller(image, service)
    };
    let update = "slscr.update.microsoft.com";
    assert_eq!(
        judge(update, r"C:\Windows\System32\svchost.exe", Some("wuauserv")),
        CallerVerdict::Expected
    );
    assert_eq!(judge(update, "SVCHOST.EXE", None), CallerVerdict::Expected);
    assert_eq!(judge(update, "svchost.exe", Some("Dnscache")), CallerVerdict::Unlisted);
    assert_eq!(judge(update, "updater.exe", None), CallerVerdict::Unexpected);
    assert_eq!(judge("fs.microsoft.com", "updater.exe", None), CallerVerdict::Unlisted);
    assert_eq!(
        judge("ctldl.windowsupdate.com", "updater.exe", None),
        CallerVerdict::Expected
    );
    assert_eq!(
        judge("fe3cr.delivery.mp.microsoft.com", "winstore.app.exe", None),
        CallerVerdict::Expected
    );
}

#[test]
fn patterns_that_are_too_broad_or_misspelt_are_refused() {
    for (pattern, error) in [
        ("*.com", PatternError::TooBroad),
        ("*", PatternError::TooBroad),
        ("wdcp.microsoft.*", PatternError::TooBroad),
        ("a..b", PatternError::EmptyLabel),
        ("", PatternError::EmptyLabel),
        ("Example.com", PatternError::Character),
        ("example.com/path", PatternError::Character),
    ] {
        assert_eq!(DomainPattern::parse(pattern), Err(error), "{pattern:?}");
    }
}

#[test]
fn addresses_with_a_published_meaning_are_known() {
    let purpose = |address: &str| {
        let address: IpAddr = address.parse().expect("an address");
        Catalogue::bundled()
            .address_range(address)
            .map(|it| it.product.as_str())
    };
    assert_eq!(purpose("168.63.129.16"), Some("Azure platform"));
    assert_eq!(purpose("::ffff:8.8.8.8"), Some("Google Public DNS"));
    assert_eq!(purpose("2620:fe::fe"), Some("Quad9"));
    assert_eq!(purpose("192.0.2.1"), None);
    assert_eq!(purpose("808:808::"), None);
}

proptest! {
    #[test]
    fn any_text_is_looked_up_without_panic(name in ".{0,300}", path in proptest::option::of(".{0,40}")) {
        let catalogue = Catalogue::bundled();
        if let Some(found) = catalogue.endpoint(&name, path.as_deref()) {
            prop_assert!(!found.pattern().is_empty());
        }
        let _ = catalogue.shared_host(&name);
        let _ = catalogue.service(&name);
    }

    #[test]
    fn a_name_below_a_shared_suffix_is_known_only_when_listed_exactly(label in "[a-z0-9-]{1,20}", row in 0_usize..1000) {
        let catalogue = Catalogue::bundled();
        let hosts = catalogue.shared_hosts();
        let name = format!("{label}.{}", hosts[row % hosts.len()].suffix);
        if let Some(found) = catalogue.endpoint(&name, None) {
            prop_assert!(found.endpoint.pattern.is_exact());
        }
    }
}
