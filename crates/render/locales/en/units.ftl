# Counts
files = { $count } { $count ->
        [one] file
       *[other] files
    }
hosts = { $count } { $count ->
        [one] host
       *[other] hosts
    }
packets = { $count } { $count ->
        [one] packet
       *[other] packets
    }
events = { $count } { $count ->
        [one] event
       *[other] events
    }
rows = { $count } { $count ->
        [one] row
       *[other] rows
    }
items = { $count } { $count ->
        [one] item
       *[other] items
    }
connections = { $count } { $count ->
        [one] connection
       *[other] connections
    }
conversations = { $count } { $count ->
        [one] conversation
       *[other] conversations
    }
filters = { $count } { $count ->
        [one] filter
       *[other] filters
    }
lost-units = { $count } lost

# Byte sizes, decimal
size-bytes = { $value } B
size-kilobytes = { $value } kB
size-megabytes = { $value } MB
size-gigabytes = { $value } GB
size-terabytes = { $value } TB

# Spans of time
span-microseconds = { $value } µs
span-milliseconds = { $value } ms
span-seconds = { $value } s
span-minutes = { $minutes } min
span-minutes-seconds = { $minutes } min { $seconds } s
span-hours = { $hours } h
span-hours-minutes = { $hours } h { $minutes } min
span-days = { $days } d
span-days-hours = { $days } d { $hours } h

# Putting texts together
list = { $first }, { $rest }
alternatives = { $first } or { $rest }
sentences = { $first } { $rest }
range = { $first } – { $last }
with-detail = { $text } ({ $detail })

# The same where the text ends in a full-width character
with-detail-wide = { $text } ({ $detail })
labelled = { $label }: { $text }
and-more = … and { $count } more
