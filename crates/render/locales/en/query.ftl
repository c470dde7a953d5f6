# Hunting queries
query-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
query-rows-shown = { $shown } of { $count } rows; --limit shows more
query-external-data-not-read = externaldata was taken as an empty table: whotalks works offline and fetches nothing; --external LOCATION=FILE gives it a file
query-places-unknown = geo_info_from_ip_address is empty: no database of places is at hand; --places FILE.mmdb names one
query-file-profile-unknown = FileProfile is empty: only Microsoft's service knows it
query-seen-by-unknown = SeenBy is empty: only Microsoft's service knows which devices see others
query-at = line { $line }, column { $column }: { $problem }
query-syntax = { $reason }
query-expected = { $expected } must stand here, not { $found }
query-unexpected = { $found } is unexpected here
query-unknown-operator = there is no operator "{ $name }"
query-unknown-type = there is no type "{ $name }"
query-unclosed = "{ $opening }" is not closed
query-unknown-name = no table or variable is called "{ $name }"
query-unknown-column = no column is called "{ $name }"
query-unknown-function = no function is called "{ $name }"
query-duplicate-column = two columns are called "{ $name }"
query-function = { $reason }
query-argument = { $function }: { $reason }
query-wrong-type = { $what } must be { $expected }, but is { $found }
query-not-constant = { $what } must be a constant
query-not-a-value = a table stands where a value is needed
query-not-a-table = a value stands where a table is needed
query-without-query = no query stands behind the statements
query-misplaced-aggregation = { $name }() can be used only where rows are summarized
query-not-serialized = { $name }() needs rows in an order
query-unsupported = { $construct } is not supported
query-too-deep = the query is nested more than { $levels } levels deep
query-engine = the query failed: { $reason }
query-time = the query took longer than { $seconds } s and was stopped
query-memory = the query needs more memory than it may use and was stopped
query-cancelled = the query was stopped
query-suggestion = did you mean { $names }?
query-instead = { $way }
query-hint-time = filter the rows earlier, or allow more with --time-limit SECONDS
query-hint-memory = filter the rows earlier, or allow more with --memory MIB
query-documentation = docs/hunting.md describes what is supported; whotalks schema lists tables and columns
