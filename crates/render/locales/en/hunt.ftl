# Faces of hunting
chart-series-omitted = { $count ->
    [one] 1 more series is not drawn; --wide draws all
   *[other] { $count } more series are not drawn; --wide draws all
}
chart-places-omitted = { $count ->
    [one] 1 more name is not drawn; --wide draws all
   *[other] { $count } more names are not drawn; --wide draws all
}
chart-columns-joined = a column shows the value furthest from zero of up to { $count } values
chart-not-stacked = the series stand one below another, not on each other; --html stacks them
chart-lines-as-columns = lines are drawn as columns here; --html draws lines
chart-several-points = several
chart-logarithmic = the axis of values is logarithmic
chart-not-logarithmic = the axis of values is not logarithmic, since not all values are positive
chart-kind-unknown = "{ $kind }" is not drawn; the rows are shown instead
chart-no-numbers = there is no column of numbers to draw; the rows are shown instead
chart-no-rows = there is nothing to draw
chart-too-much = { $count } are too many to be drawn; the rows are shown instead
chart-negative-parts = negative values are no parts of a whole and are not drawn; the rows are shown instead
chart-rows = { $count ->
    [one] drawn from 1 row; --format table shows it
   *[other] drawn from { $count } rows; --format table shows them
}
hunt-page-title = Answer to a hunting query
hunt-page-query = Query
hunt-page-picture = Picture
hunt-page-rows = Rows
hunt-page-rows-shown = the first { $shown } of { $count } rows; --format csv writes all
plan-heading = What was done, in this order
plan-first = First, because the rest depends on it ({ $number })
plan-step = Step
plan-rows = Rows
plan-time = Time
plan-detail = What
plan-total = took { $time }
plan-read-files = { $files ->
    [one] 1 file
   *[other] { $files } files
}, { $bytes } read
plan-read-memory = held in memory
plan-pruned-files = { $left } of { $all } file ranges left out by their statistics
plan-pruned-groups = { $left } of { $all } row groups left out by least and greatest values
plan-pruned-bloom = { $left } of { $all } row groups left out by Bloom filters
plan-pruned-pages = { $left } of { $all } pages left out by their index
plan-spilled = { $bytes } went to temporary files, since memory did not suffice
plan-times = Times are those of all processors together, so that they can exceed the time that passed.
step-read = read { $table }
step-read-unnamed = read
step-values = values
step-other = (engine)
saved-query-required = required
saved-queries-hint = whotalks hunt --query NAME --param NAME=VALUE runs one; --queries DIR adds your own
saved-unknown = there is no saved query "{ $name }"
saved-unknown-hint = did you mean { $names }?
places-unusable = { $path } cannot say where addresses are: { $reason }
places-unusable-hint = --places takes a database of cities or countries in MaxMind's format (.mmdb), for example GeoLite2 City
saved-unknown-hint-list = whotalks hunt --list shows those there are; --queries DIR adds a folder
saved-unreadable = the saved query { $path } cannot be used: { $reason }
saved-unreadable-hint = docs/saved-queries.md describes how one is written
parameter-missing = the parameter "{ $name }" ({ $kind }) is missing
parameter-unknown = the query has no parameter "{ $name }"
parameter-unknown-hint = it has { $names }
parameter-none-hint = it has none
parameter-wrong = the parameter "{ $name }" must be of type { $kind }, which "{ $value }" is not
parameter-form = "{ $text }" is no parameter
parameter-hint = write --param { $name }=VALUE
several-cases-read = evidence can be added to one case only, but several cases are given
several-cases-read-hint = add it first: whotalks investigate PATH --case DIR
parquet-needs-file = Parquet is written to a file only
parquet-needs-file-hint = name one: --output answer.parquet
parquet-failed = the rows cannot be written as Parquet: { $reason }
parquet-failed-hint = leave the column out with project-away, or make a text of it with tostring()
progress-rows = { $rows } rows read
progress-tables = making the tables
shell-welcome = Queries end in ; or an empty line. Tab completes, Ctrl-C cancels, .help helps, .exit or Ctrl-D ends.
shell-help = .tables lists tables; .columns TABLE lists columns; .queries lists saved queries; .run NAME a=b runs one; .explain N shows the evidence behind row N of the last answer; .plan shows what the last query did; .help shows this; .exit ends
shell-unknown = there is no command "{ $name }"; .help lists them
shell-no-answer = there is no answer yet
shell-no-row = there is no row { $row }; the answer has { $count }
shell-no-reference = the row has no column Span, so that it does not say where it comes from; leave Span in with project
shell-bye = bye
shell-more = { $count } more; type on to narrow down
