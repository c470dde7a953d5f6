//! NTLM Secure Service Provider.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "ntlmssp", protocol, "NTLM Secure Service Provider";
    IDENTIFIER: "ntlmssp.identifier", text, "NTLMSSP identifier";
    MESSAGETYPE: "ntlmssp.messagetype", x32, "NTLM Message Type";
    AUTH_USERNAME: "ntlmssp.auth.username", text, "User name";
    AUTH_DOMAIN: "ntlmssp.auth.domain", text, "Domain name";
    AUTH_HOSTNAME: "ntlmssp.auth.hostname", text, "Host name";
    NTLMSERVERCHALLENGE: "ntlmssp.ntlmserverchallenge", bytes, "NTLM Server Challenge";
    CHALLENGE_TARGET_NAME: "ntlmssp.challenge.target_name", text, "Target Name";
}
