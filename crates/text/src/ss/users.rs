//! The owners of a socket: `users:(("sshd",pid=1215,fd=3),("systemd",pid=1,fd=44))`.

use whotalks_record::Pid;

/// A socket inherited by every worker of a server has hundreds of owners; hostile text may have any number.
const MOST_USERS: usize = 1_024;

const OPENING: &str = "users:((";

/// One owner. The kernel keeps 15 bytes of a program's name, so one of that length may be cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) pid: Pid,
}

/// Whether the list of owners begins in `text` and does not end.
pub(crate) fn is_open(text: &str) -> bool {
    text.split_once(OPENING).is_some_and(|(_, list)| !list.contains("))"))
}

/// The owners, each process once however many descriptors it has.
///
/// A program chooses its own name, quotes and parentheses included. An owner therefore ends only where its `fd=N)` is
/// followed by the next owner or the end of the list, and its pid is the last one before that.
pub(crate) fn parse(text: &str) -> Vec<User> {
    let mut users: Vec<User> = Vec::new();
    let Some((_, list)) = text.split_once(OPENING) else {
        return users;
    };
    let mut rest = list;
    while let Some((entry, after)) = next_entry(rest) {
        if let Some(user) = user(entry)
            && !users.contains(&user)
            && users.len() < MOST_USERS
        {
            users.push(user);
        }
        let Some(next) = after.strip_prefix(",(") else {
            break;
        };
        rest = next;
    }
    users
}

/// Cuts at the first `)` that closes an owner.
fn next_entry(text: &str) -> Option<(&str, &str)> {
    text.match_indices(')').find_map(|(index, _)| {
        let (entry, after) = text.split_at_checked(index)?;
        let after = after.get(1..)?;
        let closes = after.starts_with(",(\"") || after.starts_with(')') || after.is_empty();
        (closes && ends_in_descriptor(entry)).then_some((entry, after))
    })
}

fn ends_in_descriptor(entry: &str) -> bool {
    let bare = entry.trim_end_matches(|c: char| c.is_ascii_digit());
    bare.len() < entry.len() && (bare.ends_with(",fd=") || bare.ends_with(','))
}

/// `"name",pid=1,fd=2`, and `"name",1,2` of old versions.
fn user(entry: &str) -> Option<User> {
    let (name, numbers) = entry.strip_prefix('"')?.rsplit_once("\",")?;
    let pid = numbers.split(',').next()?;
    let pid = pid.strip_prefix("pid=").unwrap_or(pid);
    Some(User {
        name: name.to_owned(),
        pid: Pid(pid.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, u32)> {
        parse(text).into_iter().map(|user| (user.name, user.pid.0)).collect()
    }

    #[test]
    fn several_processes_give_one_owner_each() {
        assert_eq!(
            names("users:((\"nginx\",pid=12,fd=6),(\"nginx\",pid=12,fd=7),(\"nginx\",pid=11,fd=6)) ino:1"),
            [("nginx".to_owned(), 12), ("nginx".to_owned(), 11)]
        );
        assert_eq!(names("users:((\"sshd\",1215,3))"), [("sshd".to_owned(), 1215)]);
    }

    #[test]
    fn a_name_that_imitates_an_owner_names_nobody_else() {
        assert_eq!(
            names("users:((\"x\",pid=1,fd=3)\",pid=666,fd=4))"),
            [("x\",pid=1,fd=3)".to_owned(), 666)]
        );
        assert_eq!(names("users:((\"a b)(\",pid=7,fd=1))"), [("a b)(".to_owned(), 7)]);
    }

    #[test]
    fn a_cut_list_gives_the_owners_that_are_whole() {
        assert_eq!(names("users:((\"a\",pid=1,fd=2),(\"b\",pid=2"), [("a".to_owned(), 1)]);
        assert!(names("users:((\"a\",pid=1").is_empty());
        assert!(is_open("users:((\"a\",pid=1") && !is_open("users:((\"a\",pid=1,fd=2))") && !is_open(""));
    }
}
