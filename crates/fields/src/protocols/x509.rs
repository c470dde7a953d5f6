//! Certificates (RFC 5280).

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "x509af", protocol, "X.509 Authentication Framework";
    X509CE: "x509ce", protocol, "X.509 Certificate Extensions";
    X509SAT: "x509sat", protocol, "X.509 Selected Attribute Types";
    X509IF: "x509if", protocol, "X.509 Information Framework";
    SERIAL_NUMBER: "x509af.serialNumber", bytes, "serialNumber";
    UTC_TIME: "x509af.utcTime", text, "utcTime";
    GENERALIZED_TIME: "x509af.generalizedTime", time, "generalizedTime";
    VERSION: "x509af.version", i32, "version";
    X509CE_D_NSNAME: "x509ce.dNSName", text, "dNSName";
    X509SAT_PRINTABLE_STRING: "x509sat.printableString", text, "printableString";
    X509SAT_U_TF8STRING: "x509sat.uTF8String", text, "uTF8String";
    X509SAT_COUNTRY_NAME: "x509sat.CountryName", text, "CountryName";
}
