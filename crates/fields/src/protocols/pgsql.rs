//! PostgreSQL.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "pgsql", protocol, "PostgreSQL";
    TYPE: "pgsql.type", text, "Type";
    LENGTH: "pgsql.length", u32, "Length";
    FRONTEND: "pgsql.frontend", boolean, "Frontend";
    QUERY: "pgsql.query", text, "Query";
    PARAMETER_NAME: "pgsql.parameter_name", text, "Parameter name";
    PARAMETER_VALUE: "pgsql.parameter_value", text, "Parameter value";
    AUTHTYPE: "pgsql.authtype", u32, "Authentication type";
}
