# Who talks to whom
talks = { $program } on { $host } talks to { $remote } ({ $detail }).
talks-called = { $program } on { $host } is called by { $remote } ({ $detail }).
program-parent = parent { $parent }
service-one-of = one of { $services }
service-one-of-many = one of { $count }

# The process
process-image = Its image is { $image }.
process-image-unknown = Its image is not known.
process-started-ended = It ran from { $started } to { $ended }.
process-started = It started at { $started }; its end was not seen.
process-ended = It ended at { $ended }; its start was not seen.
process-command-line = Command line: { $command }

# How much, and when
volume = It sent { $sent } and received { $received }, { $period }.
volume-unknown = How much was transferred is not known, since no packets were captured ({ $period }).

# The real name
name-is = Its real name is { $name } ({ $how }).
other-names = Other names that cannot be preferred: { $names }.

# Allowed or blocked
decision-allowed = It was allowed by { $filter } ({ $events }).
decision-allowed-unnamed = It was allowed; the deciding filter is not known ({ $events }).
decision-blocked = It was BLOCKED by { $filter } ({ $events }).
decision-blocked-unnamed = It was BLOCKED; the deciding filter is not known ({ $events }).
decision-dropped = Packets of it were dropped without a decision about the connection ({ $events }).
decision-passed = No decision was logged, but traffic in both directions shows that it passed.
decision-unknown = Whether it was allowed or blocked is not known.
filter = filter { $id } "{ $name }"
filter-unnamed = filter { $id }, name not known
filter-layer = layer { $layer }
filter-origin = origin { $origin }

# The catalogue
known = It is a known endpoint of { $owner }: { $purpose }.
known-breaks = If blocked: { $breaks }.
known-turn-off = It can be turned off: { $ways }.
known-no-turn-off = The catalogue knows no way to turn it off.
not-in-catalogue = It is not in the catalogue (version { $version }).

# Findings, conflicts, absence
finding = { $title }: { $sentence }.
conflict-program = Another source names { $program } for it; both cannot be right.
also-named = Other packets of it name { $program }; its socket may have been handed on.
relays-for-one = It is a relay on this host and makes the connection for { $program }.
relays-for-one-of = It is a relay on this host and makes the connection for one of several programs that called it at the same time: { $programs }.
acts-for-one = It acts for { $program }: macOS says so of its socket.
acts-for-one-of = It acts for several programs over one connection, as macOS says of its socket: { $programs }.
no-other-host = No other observed host talked to it (coverage: { $coverage }).
nothing-found = Nothing in the evidence matches { $subject } (coverage: { $coverage }).
empty-answer = Nothing can be said about { $subject }.
