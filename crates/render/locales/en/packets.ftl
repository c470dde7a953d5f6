# Titles of the tables
packets-hierarchy = Protocol hierarchy
packets-ethernet-conversations = Ethernet conversations
packets-ip-conversations = IP conversations
packets-tcp-conversations = TCP streams
packets-udp-conversations = UDP streams
packets-ethernet-endpoints = Ethernet endpoints
packets-ip-endpoints = IP endpoints
packets-destinations = Destinations
packets-round-trips = Initial round-trip times
packets-round-trip-percentiles = Percentiles of the initial round-trip time
packets-round-trip-histogram = Connections by initial round-trip time
packets-ports = Ports
packets-lengths = Packet lengths
packets-traffic = Traffic over time
packets-expert = Expert information

# Heads of columns
packets-column-protocol = Protocol
packets-column-packets = Packets
packets-column-size = Bytes
packets-column-packet-share = % packets
packets-column-size-share = % bytes
packets-column-a = A
packets-column-b = B
packets-column-packets-forth = Packets A→B
packets-column-packets-back = Packets B→A
packets-column-forth = A→B
packets-column-back = B→A
packets-column-start = Start (s)
packets-column-duration = Duration (s)
packets-column-stream = Stream
packets-column-application = Content
packets-column-recognised-by = Recognised by
packets-recognised-by-name = { $application } (by name)
packets-recognised-by-port = { $application } (by port)
packets-recognised-in-tunnel = { $application } (in a tunnel)
packets-column-round-trip = iRTT (ms)
packets-column-retransmissions = Retr.
packets-column-address = Address
packets-column-packets-sent = Packets sent
packets-column-packets-received = Packets received
packets-column-sent = Sent
packets-column-received = Received
packets-column-destination = Address, protocol, port
packets-column-rate = Per ms
packets-column-share = Share
packets-column-burst-rate = Burst per ms
packets-column-burst-start = Burst at (s)
packets-column-client = Client
packets-column-server = Server
packets-column-server-half = SYN→SYN/ACK (ms)
packets-column-client-half = SYN/ACK→ACK (ms)
packets-column-percentile = Percentile
packets-column-from-time = From (ms)
packets-column-to-time = Below (ms)
packets-column-connections = Connections
packets-column-port = Port
packets-column-streams = Streams
packets-column-packets-to = Packets to
packets-column-packets-from = Packets from
packets-column-to = To it
packets-column-from = From it
packets-column-lengths = Bytes
packets-column-average = Average
packets-column-shortest = Shortest
packets-column-longest = Longest
packets-column-remark = Remark
packets-column-severity = Severity
packets-column-first-packet = First in packet

# What is remarkable
remark-malformed = malformed header
remark-cut-short = header cut off by the capture
remark-retransmission = TCP retransmission
remark-fast-retransmission = TCP fast retransmission
remark-spurious-retransmission = TCP spurious retransmission
remark-out-of-order = TCP segment out of order
remark-lost-segment = TCP segment before this one not captured
remark-ack-lost-segment = TCP acknowledged a segment that was not captured
remark-duplicate-ack = TCP duplicate acknowledgment
remark-zero-window = TCP zero window
remark-zero-window-probe = TCP zero window probe
remark-zero-window-probe-ack = TCP acknowledgment of a zero window probe
remark-window-full = TCP window full
remark-window-update = TCP window update
remark-keep-alive = TCP keep-alive
remark-keep-alive-ack = TCP acknowledgment of a keep-alive
remark-reused-ports = TCP ports used again
remark-reset = TCP connection reset
expert-error = error
expert-warning = warning
expert-note = note
expert-chat = chat

# Around the tables
packets-totals = { $packets } · { $size } · { $period }
packets-only-selected = only what passes { $filter }, of { $packets }
packets-nothing-seen = none
packets-rows-left-out = … and { $count } more (--limit N, --wide, --json, --csv)
packets-without-handshake = { $count } { $count ->
        [one] connection
       *[other] connections
    } without a whole handshake
packets-list-was-full = { $count } packets are in no list, because a list was full
packets-content-unread = content was left unread { $count } times, because too many streams were open at once; they may carry more than is shown
packets-issue-in = { $path }, { $place }: { $issue }
packets-issues-more = { $count } more issues; whotalks evidence lists them
packets-trace-without-packets = { $path } holds no packets, but events of { $providers }; whotalks etl lists them, whotalks investigate uses them

# Lists of packets
packets-column-number = No.
packets-column-time = Time (s)
packets-column-source = Source
packets-column-target = Destination
packets-column-length = Bytes
packets-column-info = Info
packets-no-packet-passes = no packet passes the filter

# Following a conversation
follow-turn = { $arrow } packet { $packet }, { $time }
follow-missing = [{ $size } missing in the capture]
follow-no-such-conversation = no such conversation, or nothing was said in it

# Comparing two captures
compare-title = Before and after
compare-before = before: { $capture } · { $whole }
compare-after = after: { $capture } · { $whole }
compare-addresses = Addresses
compare-processes = Programs
compare-no-case = Programs and names of endpoints are unknown, because no case was given; one case holds the evidence of both sides: { $command }
compare-attributed = The program is known for { $before_known } of { $before_all } conversations before, and for { $after_known } of { $after_all } after{ $unknown ->
        [0] {""}
       *[other] ; those that were not seen may be among the others
    }.
packets-column-process = Program
packets-column-grade = Grade
packets-grade-observed = observed
packets-grade-derived = derived
packets-grade-inferred = inferred
packets-grade-unknown = unknown
compare-pairs = Pairs of addresses
compare-protocols = Protocols
compare-ports = Ports that were called
compare-unchanged = { $count } compared without a change worth telling
compare-rates = Captures differ in length, so rates are compared: bytes per second of the capture. Grew and shrank mean at least twofold.
compare-column-change = Change
compare-column-rate-before = Before (B/s)
compare-column-rate-after = After (B/s)
compare-column-factor = Factor
compare-column-size-before = Bytes before
compare-column-size-after = Bytes after
compare-column-conversations-before = Conv. before
compare-column-conversations-after = Conv. after
compare-new = new
compare-gone = gone
compare-grew = grew
compare-shrank = shrank
compare-not-seen-before = not seen before
compare-not-seen-after = not seen after

# What applications said
packets-dns-questions = Names asked for (DNS)
packets-dns-outcomes = Outcomes of DNS questions
packets-http-requests = HTTP requests
packets-http-answers = HTTP answers
packets-tls-handshakes = TLS handshakes by server name
packets-column-name = Name
packets-column-type = Type
packets-column-count = Count
packets-column-outcome = Outcome
packets-column-host = Host
packets-column-method = Method
packets-column-status = Status
packets-column-version = Newest version offered
packets-column-transport = Over

# Policies
policy-matches = Against the policy
policy-summary = { $streams } { $streams ->
        [one] match
       *[other] matches
    } against { $rules } { $rules ->
        [one] rule
       *[other] rules
    }
policy-no-match = nothing is against the policy ({ $rules } rules)
policy-column-title = What
policy-column-rule = Rule
policy-severity-high = ▲ high
policy-severity-medium = △ medium
policy-severity-low = ▽ low
policy-severity-info = · info
policy-at = { $path }{ $place }: { $problem }
policy-in-rule = , rule { $number }
policy-in-line = , line { $number }
policy-syntax = not understood: { $message }
policy-no-rule = the policy has no [[rule]]
policy-too-large = the policy is larger than { $limit }
policy-no-criterion = the rule names neither applications nor protocols, names, ports or destinations
policy-application = there is no application "{ $word }"
policy-protocol = there is no protocol "{ $word }"
policy-mixed-layers = protocols cannot stand beside applications, names, ports or a transport: write two rules
policy-name = "{ $text }" is no name of a host
policy-port = "{ $text }" is no port and no range of ports
policy-network = "{ $text }" is no address and no network
policy-documentation = docs/policy.md describes policies; examples/policy.toml is one
