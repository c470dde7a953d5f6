"""Runs queries in DuckDB or ClickHouse over Parquet files and says how long each took, as JSON."""

import json
import sys
import time

asked = json.loads(sys.argv[1])


def duckdb_engine():
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET TimeZone = 'UTC'")
    tables = {name: f"read_parquet('{asked[name]}')" for name in ("events", "processes")}
    return lambda text: len(connection.execute(text).fetchall()), tables


def chdb_engine():
    from chdb import session

    opened = session.Session()
    tables = {name: f"file('{asked[name]}', Parquet)" for name in ("events", "processes")}

    def run(text):
        answer = opened.query(f"{text} SETTINGS max_threads = 2, session_timezone = 'UTC'", "JSONCompactEachRow")
        return len(str(answer).splitlines())

    return run, tables


run, tables = duckdb_engine() if asked["engine"] == "duckdb" else chdb_engine()
said = []
for query in asked["queries"]:
    text = query.format(**tables)
    seconds = []
    for _ in range(asked["rounds"]):
        start = time.perf_counter()
        rows = run(text)
        seconds.append(time.perf_counter() - start)
    said.append({"seconds": seconds, "rows": rows})
json.dump(said, sys.stdout)
