# Reads a trace with dissect.etl, and fields of its events with etl-parser, and writes them one event per line, for comparison.
# Columns: provider, id, version, opcode, time in 100 ns since 1601, process, fields as JSON (numbers only).
import json
import sys
import uuid

from dissect.etl.etl import ETL
from dissect.etl.headers.event import EventHeader
from etl.parsers.etw.core import Guid as ParserGuid
from etl.parsers.etw.core import build_etw

EXTENDED = 1


def fields(provider, event, payload):
    parts = provider.fields
    rest = [parts[3], parts[4], *parts[5].to_bytes(6, "big")]
    try:
        decoded = build_etw(ParserGuid(parts[0], parts[1], parts[2], rest), event.id, event.version, payload)
    except Exception:
        return {}
    return {name: value for name, value in decoded.source.items() if isinstance(value, int)}


def version(header):
    # The classic header keeps the type, the level and the version in one number.
    return header.version & 0xFF if hasattr(header, "opcode") else header.header.Version >> 16 & 0xFF


def rows(path):
    with open(path, "rb") as file:
        trace = ETL(file)
        for buffer in trace.buffers():
            for record in buffer:
                header = record.header
                time = trace.get_filetime_for_event(header.time_delta)
                process = getattr(header, "process_id", 0)
                if not isinstance(header, EventHeader):
                    opcode = getattr(header, "opcode", None)
                    opcode = header.header.Version & 0xFF if opcode is None else opcode
                    yield header.provider_id, 0, version(header), opcode, time, process, {}
                    continue
                provider = uuid.UUID(bytes_le=bytes(header.header.ProviderId))
                event = header.descriptor
                plain = not header.header.Flags & EXTENDED
                known = fields(provider, event, bytes(header.payload)) if plain else {}
                yield provider, event.id, event.version, event.opcode, time, process, known


for provider, *middle, known in rows(sys.argv[1]):
    print(provider, *middle, json.dumps(known, sort_keys=True), sep="\t")
