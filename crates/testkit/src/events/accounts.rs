//! Security identifiers and names of accounts (MS-DTYP 2.4.2.4).

use crate::scenario::model::{Account, Host};

/// The SID of the account on that host.
pub(crate) fn sid(account: Account) -> &'static str {
    match account {
        Account::System => "S-1-5-18",
        Account::LocalService => "S-1-5-19",
        Account::NetworkService => "S-1-5-20",
        Account::Person => "S-1-5-21-1004336348-1177238915-682003330-1001",
    }
}

/// Domain and name of the account.
pub(crate) fn names(host: &Host, account: Account) -> (String, String) {
    match account {
        Account::System => ("NT AUTHORITY".to_owned(), "SYSTEM".to_owned()),
        Account::LocalService => ("NT AUTHORITY".to_owned(), "LOCAL SERVICE".to_owned()),
        Account::NetworkService => ("NT AUTHORITY".to_owned(), "NETWORK SERVICE".to_owned()),
        Account::Person => (host.domain.clone(), host.user.clone()),
    }
}

/// `DOMAIN\name`.
pub(crate) fn full_name(host: &Host, account: Account) -> String {
    let (domain, name) = names(host, account);
    format!("{domain}\\{name}")
}

/// The logon session of the account.
pub(crate) fn logon_id(account: Account) -> u64 {
    match account {
        Account::System => 0x3e7,
        Account::LocalService => 0x3e5,
        Account::NetworkService => 0x3e4,
        Account::Person => 0x4_9f21,
    }
}

/// The mandatory label: System for services, Medium for people.
pub(crate) fn mandatory_label(account: Account) -> &'static str {
    match account {
        Account::Person => "S-1-16-8192",
        _ => "S-1-16-16384",
    }
}
