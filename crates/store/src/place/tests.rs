//! A bucket as servers of all kinds have it.

use std::net::TcpListener;

use super::test_server::{Manner, bucket, server};
use super::{ObjectError, ObjectProblem};

fn problem<T: std::fmt::Debug>(result: Result<T, ObjectError>) -> ObjectProblem {
    let error = result.unwrap_err();
    assert!(!error.to_string().contains("X-Amz-"), "{error}");
    error.problem
}

#[test]
fn what_is_written_is_read_listed_and_removed() {
    let (endpoint, _) = server(Manner::Right);
    let bucket = bucket(&endpoint);
    bucket.put("a", "one").unwrap();
    assert!(bucket.put_new("b", "two").unwrap());
    assert!(!bucket.put_new("b", "three").unwrap());
    assert_eq!(bucket.names("", None).unwrap(), ["a", "b"]);
    assert_eq!(bucket.read_text("b").unwrap().as_deref(), Some("two"));
    assert_eq!(bucket.read_range("b", 1..3).unwrap().unwrap(), b"wo");
    assert_eq!(bucket.length("b").unwrap(), Some(3));
    bucket.remove("b").unwrap();
    assert_eq!(bucket.read_text("b").unwrap(), None);
    assert_eq!(bucket.length("b").unwrap(), None);
    bucket.check_is_safe("own").unwrap();
}

#[test]
fn an_answer_that_was_lost_makes_nothing_lost_or_doubled() {
    let (endpoint, objects) = server(Manner::Forgetful);
    let bucket = bucket(&endpoint);
    for number in 0..4 {
        let name = format!("commit{number}");
        assert!(bucket.put_new(&name, "mine").unwrap(), "{number}");
        assert!(!bucket.put_new(&name, "another's").unwrap(), "{number}");
    }
    assert!(objects.contents().iter().all(|content| content == b"mine"));
}

#[test]
fn a_server_that_overwrites_is_refused() {
    let (endpoint, objects) = server(Manner::Careless);
    assert_eq!(
        problem(bucket(&endpoint).check_is_safe("own")),
        ObjectProblem::NoConditionalWrites
    );
    assert!(objects.names().is_empty(), "what was written to find out is taken away");
}

#[test]
fn a_range_that_is_no_range_is_refused() {
    let (endpoint, _) = server(Manner::Says("HTTP/1.1 200 -\r\nContent-Length: 9\r\n\r\nall of it"));
    assert!(matches!(
        problem(bucket(&endpoint).read_range("a", 1..3)),
        ObjectProblem::BadAnswer { .. }
    ));
    let (endpoint, _) = server(Manner::Says("HTTP/1.1 206 -\r\nContent-Length: 1\r\n\r\n1"));
    assert!(matches!(
        problem(bucket(&endpoint).read_range("a", 1..3)),
        ObjectProblem::BadAnswer { .. }
    ));
}

#[test]
fn answers_that_are_not_those_of_s3_are_refused() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\u{ff}\u{fe}",
        "HTTP/1.1 302 Found\r\nLocation: http://example.com/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 418 -\r\nContent-Length: 0\r\n\r\n",
    ] {
        let (endpoint, _) = server(Manner::Says(answer));
        let problem = problem(bucket(&endpoint).names("", None));
        assert!(
            matches!(problem, ObjectProblem::BadAnswer { .. } | ObjectProblem::Refused { .. }),
            "{answer} {problem:?}"
        );
    }
}

#[test]
fn what_the_server_denies_is_told() {
    let denied =
        "HTTP/1.1 403 -\r\nContent-Length: 60\r\n\r\n<Error><Code>RequestTimeTooSkewed</Code><Message/></Error>  ";
    let (endpoint, _) = server(Manner::Says(denied));
    assert_eq!(problem(bucket(&endpoint).read_text("a")), ObjectProblem::ClockSkew);
}

#[test]
fn a_server_that_is_gone_is_named() {
    let endpoint = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let problem = problem(bucket(&endpoint).read_text("a"));
    assert!(matches!(problem, ObjectProblem::Unreachable { endpoint: named, .. } if named == endpoint));
}
