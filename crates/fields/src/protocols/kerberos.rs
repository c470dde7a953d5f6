//! Kerberos.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "kerberos", protocol, "Kerberos";
    MSG_TYPE: "kerberos.msg_type", i32, "msg-type";
    PVNO: "kerberos.pvno", u32, "pvno";
    REALM: "kerberos.realm", text, "realm";
    CREALM: "kerberos.crealm", text, "crealm";
    CNAME_STRING: "kerberos.CNameString", text, "CNameString";
    SNAME_STRING: "kerberos.SNameString", text, "SNameString";
    CNAMESTRING: "kerberos.cname_string", u32, "cname-string";
    SNAMESTRING: "kerberos.sname_string", u32, "sname-string";
    NAME_TYPE: "kerberos.name_type", i32, "name-type";
    ETYPE: "kerberos.etype", i32, "etype";
    ERROR_CODE: "kerberos.error_code", i32, "error-code";
    TILL: "kerberos.till", time, "till";
    NONCE: "kerberos.nonce", u32, "nonce";
    CIPHER: "kerberos.cipher", bytes, "cipher";
    KVNO: "kerberos.kvno", u32, "kvno";
    KDC_OPTIONS: "kerberos.kdc_options", bytes, "kdc-options";
    PADATA_TYPE: "kerberos.padata_type", i32, "padata-type";
    STIME: "kerberos.stime", time, "stime";
    RM_LENGTH: "kerberos.rm.length", u32, "Record Length";
}
