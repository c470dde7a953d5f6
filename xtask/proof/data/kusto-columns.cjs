// usage: node kusto-columns.cjs <folder of node_modules> <file>
// Each line of the file is JSON: {"text": a query, "tables": a file that holds {table: [[column, type], …]}}. For each, a line says
// which columns the vendor's parser and binder say the answer has, as [[column, type], …], or null where they do not say: the query
// is not valid over the tables, has several answers, or columns that only the data tell.
const path = require("path"), fs = require("fs");
const base = path.join(process.argv[2], "@kusto", "language-service-next");
require(path.join(base, "bridge.min.js"));
require(path.join(base, "Kusto.Language.Bridge.min.js"));
const { KustoCode, GlobalState, Symbols } = globalThis.Kusto.Language;

// What Defender has beside its tables.
const PROFILE = "SHA1:string,SHA256:string,MD5:string,FileSize:long,GlobalPrevalence:long,GlobalFirstSeen:datetime,"
  + "GlobalLastSeen:datetime,Signer:string,Issuer:string,SignerHash:string,IsCertificateValid:bool,IsRootSignerMicrosoft:bool,"
  + "SignatureState:string,IsExecutable:bool,ThreatName:string,Publisher:string,SoftwareName:string,ProfileAvailability:string";

function list(some) {
  const count = some.Count !== undefined ? some.Count : System.Array.getCount(some), all = [];
  for (let index = 0; index < count; index++) all.push(some.getItem ? some.getItem(index) : System.Array.getItem(some, index));
  return all;
}

function functions() {
  const profile = PROFILE.split(",").map((column) => column.split(":"));
  const empty = profile.map(([name, type]) => `${name}=${type === "string" ? '""' : `${type}(null)`}`).join(", ");
  return [
    new Symbols.FunctionSymbol.$ctor16("FileProfile", '(T:(*), SHA1:string="", Limit:int=100)', `{ T | extend ${empty} }`, null),
  ];
}

const known = new Map();
function globals(file) {
  if (!known.has(file)) {
    const tables = Object.entries(JSON.parse(fs.readFileSync(file, "utf8"))).map(([name, columns]) =>
      new Symbols.TableSymbol.$ctor7(name, `(${columns.map(([column, type]) => `${column}:${type}`).join(", ")})`, null));
    const database = new Symbols.DatabaseSymbol.ctor("db", tables.concat(functions()));
    known.set(file, GlobalState.Default.WithDatabase(database));
  }
  return known.get(file);
}

function columns({ text, tables }) {
  // `invoke FileProfile(Column, 1000)` names a column of its input, which the grammar of Kusto has no words for.
  const plain = text.replace(/(\binvoke\s+FileProfile\s*\(\s*)([A-Za-z_]\w*)(\s*[,)])/gi, '$1"$2"$3');
  const code = KustoCode.ParseAndAnalyze(plain, globals(tables));
  if (list(code.GetDiagnostics()).some((found) => found.Severity === "Error")) return null;
  const result = code.ResultType;
  if (!result || result.Columns === undefined || result.IsOpen) return null;
  return list(result.Columns).map((column) => [column.Name, column.Type.Name]);
}

for (const line of fs.readFileSync(process.argv[3], "utf8").split("\n").filter(Boolean)) {
  let said = null;
  try {
    said = columns(JSON.parse(line));
  } catch (error) {
    said = null;
  }
  console.log(JSON.stringify(said));
}
