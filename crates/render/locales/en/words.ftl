# How sure a statement is
grade-observed = observed
grade-derived = derived
grade-inferred = inferred
grade-unknown = unknown

# Allowed or blocked
verdict-allowed = allowed
verdict-blocked = BLOCKED
verdict-dropped-packets = packets dropped
verdict-passed = passed
verdict-unknown = unknown

# How bad a finding is
severity-high = high
severity-medium = medium
severity-low = low
severity-info = info

# Who opened a conversation
direction-outbound = outbound
direction-inbound = inbound
direction-unknown = direction unknown

# Sources of knowledge
source-packets = packet capture
source-connection-audit = connection audit (5154–5159, 5031)
source-packet-drop-audit = packet drop audit (5152, 5153)
source-process-creation-audit = process creation audit (4688)
source-process-termination-audit = process termination audit (4689)
source-filter-policy-audit = filter policy audit (5440–5450, 4944–4958)
source-firewall-log = Windows Firewall log (2002–2011)
source-sysmon-connection = Sysmon connections (3)
source-sysmon-process-start = Sysmon process starts (1)
source-sysmon-process-end = Sysmon process ends (5)
source-sysmon-dns = Sysmon DNS queries (22)
source-dns-client-log = DNS client log (3006–3020)
source-socket-list = socket listing (netstat, ss)
source-process-list = process listing (tasklist)
source-filter-dump = filter dump (netsh wfp)
source-counters = counters (netstat -s, -e)
source-resolver-cache = DNS cache of the host (ipconfig /displaydns)
source-device-settings = settings of the host (ipconfig, systeminfo, Defender, proxy, audit policy)
source-other-events = other events
source-trace-sockets = sockets in a trace (ETW)
source-trace-processes = processes in a trace (ETW)
source-trace-dns = names asked in a trace (ETW)
source-trace-requests = web requests in a trace (ETW: WinINet, WinHTTP, BITS)
source-firewall-text-log = text log of the Windows Firewall (pfirewall.log)
source-network-events = network events of the filtering platform (netsh wfp show netevents)
source-network-protection = network protection of Defender (1125, 1126)
source-transfer-log = log of the transfer service (BITS 3, 59–61)
source-packet-processes = processes that macOS names with packets (PKTAP, pcapng)

# What each source cannot see
blind-packets = cannot see programs, loopback traffic, or what the capture filter left out
blind-connection-audit = cannot see bytes, names, or how long a connection lasted
blind-packet-drop-audit = cannot see why the host had stopped expecting the packet
blind-process-creation-audit = cannot see processes that were already running, or that never touched the network from those that did
blind-process-termination-audit = cannot see processes that ended after the log did
blind-filter-policy-audit = cannot see filters that never changed while it was on
blind-firewall-log = cannot see connections, only changes of rules and settings
blind-sysmon-connection = cannot see what its configuration excludes, nor blocked connections
blind-sysmon-process-start = cannot see processes that were already running
blind-sysmon-process-end = cannot see processes that ended after the log did
blind-sysmon-dns = cannot see names asked without the Windows resolver, such as DNS over HTTPS in a browser
blind-dns-client-log = cannot see names asked without the Windows resolver, such as DNS over HTTPS in a browser
blind-socket-list = sees one moment only; shorter connections are missing
blind-process-list = sees one moment only; processes that had ended are missing
blind-filter-dump = sees one moment only; filter numbers change at boot and when the policy changes
blind-counters = sees totals only, no single connection
blind-resolver-cache = sees one moment only; it says what the host resolved, not what connected, and nothing of programs with a resolver of their own
blind-device-settings = sees one moment only; earlier and later settings are missing
blind-other-events = counted, not used
blind-trace-sockets = cannot see what its session did not enable, nor what happened before it started
blind-trace-processes = cannot see processes that ended before it started
blind-trace-dns = cannot see names asked without the Windows resolver, such as DNS over HTTPS in a browser
blind-trace-requests = cannot see programs with an HTTP library of their own, such as browsers; what services fetch has only the asker that their events name
blind-firewall-text-log = cannot see which filter or rule decided, nor what its settings leave out: dropped and allowed connections are switched on apart
blind-network-events = holds only the most recent events, as a rule drops alone; cannot see process numbers
blind-network-protection = cannot see ports, process numbers, why a destination was judged so, or what SmartScreen stopped in Edge; only what was blocked or audited is told
blind-transfer-log = cannot see addresses, other programs than those that order transfers, nor who ordered a job whose order is not in the log
blind-packet-processes = cannot see who sent what the kernel itself sends or forwards; names are without a path, and cut after 15 or 16 bytes

# How a flow ended
close-finished = closed by both ends
close-client-reset = reset by the client
close-server-reset = reset by the server
close-unanswered = never answered
close-idle = no packets any more
close-capture-ended = still open when the capture ended
close-evicted = no longer followed, to bound memory
close-reused = port reused by a new connection

# The rule that found a program
rule-exact-event = an event names this very connection
rule-exact-snapshot = a socket listing shows this very connection
rule-bind = the program had bound the local port
rule-listener = the program was listening on the local port
rule-loopback = peer of a known program on the same host
rule-relay = caller of a relay on the same host
rule-packet-owner = macOS named the program with the packets themselves
rule-delegation = macOS says that the program with the socket acts for it
rule-call = the only caller of this far end just then
relays-for = for { $programs }

# How a name is known; short, for a table cell
name-connect = CONNECT via proxy
name-absolute = URI via proxy
name-socks = SOCKS target
name-proxy-other = proxy target
name-sni = TLS SNI
name-sni-outer = TLS SNI, maybe ECH outer
name-quic-sni = QUIC SNI
name-quic-sni-outer = QUIC SNI, maybe ECH outer
name-host = HTTP Host
name-requested = program's URL
name-request-to-proxy = program's URL via proxy
name-stack = network stack
name-asked = DNS by program
name-certificate = server certificate
name-dns = DNS
name-dns-shared = DNS, shared
name-resolver-cache = DNS cache of the host
name-dns-expired = DNS, expired
name-capture-table = capture name table
name-host-resolution = host's look-up
name-unseen = no name seen

# How the name of a filter was found
match-same-boot = by number, same boot
match-event = by number, in an event
match-maybe-renumbered = by number, which may have been reassigned since
match-rule = by its origin, the rule of that identifier
match-conditions = by origin and conditions; its number is stale
match-not-found = name not found

# What a filter does
action-block = block
action-permit = permit
action-callout-terminating = callout, final
action-callout-inspection = callout, inspection
action-callout-unknown = callout
action-continue = continue
action-unknown = action not stated

# Whether evidence was read
status-read = read
status-read-in-part = read in part
status-not-understood = not read
status-failed = could not be opened
status-container = archive
status-duplicate = same bytes as { $of }

# What is missing
aspect-program = program
aspect-program-name = program name
aspect-service = service
aspect-name = name
aspect-decision = allowed or blocked
aspect-filter = filter

# Connection events
event-application-blocked = firewall refused an application's listening (5031)
event-flood-detected = flood detected (5148)
event-flood-subsided = flood subsided (5149)
event-frame-blocked = frame blocked (5150, 5151)
event-packet-blocked = packet dropped (5152)
event-packet-blocked-by-more-restrictive-filter = packet dropped by a stricter filter (5153)
event-listen-permitted = listening permitted (5154)
event-listen-blocked = listening blocked (5155)
event-connection-permitted = connection permitted (5156)
event-connection-blocked = connection blocked (5157)
event-bind-permitted = bind permitted (5158)
event-bind-blocked = bind blocked (5159)
event-sysmon-connection = connection seen by Sysmon (3)
event-trace-requested = connection attempt in a trace
event-trace-connected = connection opened in a trace
event-trace-accepted = connection accepted in a trace
event-trace-failed = connection that failed in a trace
event-trace-used = data through a socket in a trace
event-trace-closed = connection closed in a trace
event-trace-bound = socket bound in a trace
event-trace-named = connection to a name in a trace
event-firewall-allowed = connection let through (pfirewall.log)
event-firewall-blocked = connection blocked (pfirewall.log)
event-firewall-dropped = packet dropped (pfirewall.log)
event-network-event-allowed = connection let through (WFP network event)
event-network-event-blocked = connection blocked (WFP network event)
event-network-event-dropped = packet dropped (WFP network event)

# What happened at an endpoint
moment-process-start = started: { $image }
moment-name-seen = name seen: { $name }
moment-connect = connected from port { $port }
moment-connect-bytes = connected from port { $port }, { $bytes }
moment-block = blocked
moment-close = closed
moment-process-end = process ended

# Marks on the timeline
mark-block = connection blocked
mark-finding = finding

# Whether an endpoint is explained
explanation-known = known
explanation-unexpected = known, UNEXPECTED program
explanation-explained = explained
explanation-unknown = UNKNOWN
explanation-suspicious = UNKNOWN, suspicious

# Unknown programs, services and hosts
program-unknown = unknown program
program-pid-only = pid { $pid }, name unknown
host-unknown = an unknown host
pid = pid { $pid }
pids = pids { $pids }
conflict = conflict

# Units in issues
unit-packet = packets
unit-event = events
unit-record = records
unit-chunk = chunks
unit-line = lines
unit-block = blocks
unit-flow = flows
