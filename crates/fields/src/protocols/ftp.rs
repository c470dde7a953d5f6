//! File Transfer Protocol (FTP).

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "ftp", protocol, "File Transfer Protocol (FTP)";
    REQUEST: "ftp.request", boolean, "Request";
    REQUEST_COMMAND: "ftp.request.command", text, "Request command";
    REQUEST_ARG: "ftp.request.arg", text, "Request arg";
    RESPONSE: "ftp.response", boolean, "Response";
    RESPONSE_CODE: "ftp.response.code", u32, "Response code";
    RESPONSE_ARG: "ftp.response.arg", text, "Response arg";
    PASSIVE_IP: "ftp.passive.ip", ipv4, "Passive IP address";
    PASSIVE_PORT: "ftp.passive.port", u16, "Passive port";
    ACTIVE_PORT: "ftp.active.port", u16, "Active port";
    CURRENT_WORKING_DIRECTORY: "ftp.current-working-directory", text, "Current working directory";
    FTP_DATA: "ftp-data", protocol, "FTP Data";
}
