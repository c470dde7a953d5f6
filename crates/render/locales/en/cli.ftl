# Errors; each says what failed, where, why and what to do
error = error: { $message }
hint = hint: { $message }
error-no-query = no query was given
hint-no-query = write it in quotes, or name a file: whotalks hunt -f query.kql --case DIR
error-no-such-table = there is no table "{ $name }"
hint-no-such-table = whotalks schema lists the tables
error-no-path = no evidence was given
hint-no-path = name a file or a folder: whotalks investigate ./evidence
hint-needs-case = process.name, process.pid, endpoint.name and verdict are known only with --case DIR; whotalks investigate EVIDENCE… --case DIR makes one
error-not-found = { $path } does not exist
hint-not-found = check the spelling, or quote a path with spaces
error-cannot-open = cannot open { $path }: { $reason }
error-cannot-write = cannot write { $path }: { $reason }
hint-cannot-write = choose another folder, or check its permissions and free space
error-nothing-readable = none of { $count } { $count ->
        [one] file
       *[other] files
    } could be read
hint-nothing-readable = whotalks evidence lists what each file looks like and why it was not read
error-not-a-case = { $path } is not a case
hint-not-a-case = a case is a folder made by: whotalks investigate PATH --case DIR
error-case-damaged = the case { $path } cannot be read: { $reason }
hint-case-damaged = the evidence files are untouched; run whotalks investigate again into a new folder
error-case-busy = the case { $path } is being written by { $writer }, while it is being rebuilt nobody else can write
hint-case-busy = wait until that is done and run it again
error-case-exists = { $path } is neither empty nor a case
error-no-case = there is no case to ask
hint-no-case = run whotalks investigate PATH --case DIR first, then name it with --case DIR
error-not-a-reference = "{ $text }" is no reference to evidence
hint-not-a-reference = a reference is E<number> followed by #packet, @record, :line or /item, for example E2@77391
error-no-such-evidence = { $reference } points to evidence that this case does not have
error-no-such-place = { $reference } points behind the end of the evidence
error-evidence-moved = { $path } is no longer where it was
error-evidence-changed = { $path } is no longer the file that was read: its SHA-256 differs
hint-evidence-moved = name the folder that holds it now, or restore the original file
error-bad-time-zone = "{ $text }" is no time zone
hint-bad-time-zone = use utc, system, or an offset such as +09:00
error-bad-language = "{ $text }" is no language of this program
hint-bad-language = use en or ja
error-usage = { $message }
hint-usage = whotalks --help shows all commands
error-interrupted = stopped by the user
error-internal = an error in whotalks itself: { $message }
hint-internal = nothing in the evidence was changed; please report this with the command line

# Progress
progress-opening = opening { $path }
progress-reading = reading { $path }
progress-hashing = hashing { $path }
progress-correlating = joining the evidence
progress-writing = writing { $path }

# Results
wrote = wrote { $path } ({ $size })
case-kept = case kept in { $path }

# explain
explain-heading = { $reference } in { $file }
explain-offset = { $length } bytes at offset { $offset }
explain-bytes = Bytes
explain-text = Text
explain-fields = Fields
explain-packet = interface { $interface }, link type { $link_type }
explain-comment = Comment: { $text }
explain-process = Program, as macOS says of the socket: { $program }
explain-acts-for = The program that it acts for: { $program }
explain-interface = Interface: { $text }
explain-filter = Capture filter: { $text }
explain-filter-form = Capture filter: { $length } bytes in form { $form }
explain-interface-comment = Comment on the interface: { $text }
explain-section = Written by: { $text }
explain-section-comment = Comment on the capture: { $text }
explain-cut = only { $shown } of { $total } are shown

# doctor
doctor-ok = ok
doctor-warning = warning
doctor-failed = failed
doctor-version = version { $version }
doctor-catalogue = catalogue { $version }, { $endpoints } endpoints
doctor-locale = language { $language }, time zone { $zone }
doctor-terminal = terminal { $width } columns wide
doctor-memory = memory { $available } available
doctor-temporary = temporary folder { $path }, { $free } free
doctor-formats = reads { $formats }
