use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "datetime_list_timezones",
    Family::DateTime,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The names of all time zones that are known.")
.examples(&[example(
    "print set_has_element(datetime_list_timezones(), 'Europe/Paris')",
    "True",
)]);

static PARAMETERS: &[Parameter] = &[];

fn make(_: &[Argument]) -> Made {
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    names.sort();
    let names = DynamicBuilder::array(names.iter().map(|name| DynamicBuilder::string(name)));
    always(move |_| names.clone())
}
