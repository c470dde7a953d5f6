"""Opens every table of a case with two readers of Delta Lake and says what they find, one JSON object per line."""

import json
import pathlib
import sys

import deltalake
import polars

case = pathlib.Path(sys.argv[1])
for log in sorted(case.glob("*/*/_delta_log")):
    folder = log.parent
    name = f"{folder.parent.name}/{folder.name}"
    table = deltalake.DeltaTable(str(folder))
    by_delta = polars.from_arrow(table.to_pyarrow_dataset().to_table())
    by_polars = polars.read_delta(str(folder))
    for reader, rows in (("deltalake", by_delta), ("polars", by_polars)):
        texts = [column for column, kind in rows.schema.items() if kind == polars.String]
        print(
            json.dumps(
                {
                    "table": name,
                    "reader": reader,
                    "rows": rows.height,
                    "columns": rows.columns,
                    "distinct": {column: rows[column].drop_nulls().n_unique() for column in texts},
                }
            )
        )
