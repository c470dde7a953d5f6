// usage: node kusto-syntax.cjs <folder of node_modules> <file>
// The file holds one JSON string per line; for each, a line says what the vendor's parser makes of it: whether it is a query at
// all, and its first mistakes of syntax. Names and types are not looked at.
const path = require("path"), fs = require("fs");
const base = path.join(process.argv[2], "@kusto", "language-service-next");
require(path.join(base, "bridge.min.js"));
require(path.join(base, "Kusto.Language.Bridge.min.js"));
const { KustoCode } = globalThis.Kusto.Language;

function mistakes(code) {
  const list = code.GetSyntaxDiagnostics(), found = [];
  const count = list.Count !== undefined ? list.Count : System.Array.getCount(list);
  for (let index = 0; index < Math.min(count, 3); index++) {
    const one = list.getItem ? list.getItem(index) : System.Array.getItem(list, index);
    found.push(`${one.Code} at ${one.Start}: ${one.Message}`);
  }
  return found;
}

for (const line of fs.readFileSync(process.argv[3], "utf8").split("\n").filter(Boolean)) {
  const code = KustoCode.Parse(JSON.parse(line));
  console.log(JSON.stringify({ query: code.Kind === "Query", mistakes: mistakes(code) }));
}
