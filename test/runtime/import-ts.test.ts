import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Document, isMap, isScalar, parseDocument, visit } from "yaml";
import { ToolError } from "../../src/core/errors.ts";
import { parseSchema } from "../../src/runtime/schema-files.ts";
import { importTs } from "../../src/runtime/tasks/import-ts.ts";

// What types become stands in import-ts.yaml. GODWIT_TEST_UPDATE=1 writes what they become now into it.

interface Case {
  readonly name: string;
  /** One file, or several by name. */
  readonly types: string | Readonly<Record<string, string>>;
  readonly options?: { readonly values?: "checks"; readonly include?: string[]; readonly exclude?: string[] };
  readonly enums?: unknown;
  readonly tables?: unknown;
  readonly left?: readonly string[];
  readonly warnings?: readonly string[];
  readonly error?: string;
}

const path = join(import.meta.dir, "import-ts.yaml");
const update = process.env["GODWIT_TEST_UPDATE"] === "1";
const document = parseDocument(readFileSync(path, "utf8"));
const cases = document.toJS() as readonly Case[];

let base: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "godwit-ts-"));
});
afterAll(() => {
  rmSync(base, { recursive: true });
  if (update) writeFileSync(path, printed(document));
});

describe("types become", () => {
  for (const [i, given] of cases.entries()) {
    test(given.name, async () => {
      const outcome = await outcomeOf(given, join(base, String(i)));
      if (update) write(i, outcome);
      else expect(outcome).toEqual(expectedOf(given));
    });
  }
});

test("what is written is read again as it was meant", async () => {
  let tables = 0;
  for (const [i, given] of cases.entries()) {
    if (given.error !== undefined) continue;
    const { schema, yaml } = await imported(given, join(base, String(i)));
    expect(parseSchema(yaml).schema).toEqual(schema);
    tables += schema.tables.length;
  }
  expect(tables).toBeGreaterThan(60);
});

test("files that are not there are named, and directories without files", async () => {
  mkdirSync(join(base, "none"));
  const failures = ["no.ts", "none"].map((name) =>
    importTs(project, { paths: [join(base, name)] }).catch((error: unknown) => (error as ToolError).message),
  );
  expect(await Promise.all(failures)).toEqual([
    expect.stringContaining("it does not exist"),
    expect.stringContaining("there is no file of TypeScript in"),
  ]);
});

test("a directory is read at any depth, but for tests, packages and links that lead in circles", async () => {
  const root = join(base, "deep");
  const texts = {
    "a.ts": "A",
    "b/c.mts": "C",
    "b/d.d.ts": "D",
    "e.test.ts": "E",
    "node_modules/f/f.ts": "F",
    "g.js": "G",
  };
  for (const [name, type] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), `export interface ${type} { id: number }`);
  }
  symlinkSync(root, join(root, "b/again"));
  const { tables } = await importTs(project, { paths: [root, join(root, "a.ts")] });
  expect(tables).toEqual(["a", "c", "d"]);
});

test("types that are made of each other many times over come to an end", async () => {
  const doubled = Array.from({ length: 50 }, (_, i) => `type T${i} = T${i + 1} & T${i + 1};`).join("\n");
  const file = join(base, "doubled.ts");
  writeFileSync(
    file,
    `${doubled}\ntype T50 = { id: number };\ninterface A { id: number; t: T0 }\ntype B = T0 & { b: string }`,
  );
  const failure = await importTs(project, { paths: [file] }).catch((error: unknown) => (error as ToolError).message);
  expect(failure).toContain("too involved");
}, 20_000);

const project = { database: { url: "sqlite:app.db" } };

type Outcome = Pick<Case, "enums" | "tables" | "left" | "warnings" | "error">;

async function imported({ types, options }: Case, root: string) {
  const files = typeof types === "string" ? { "models.ts": types } : types;
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return importTs(project, { paths: Object.keys(files).map((name) => join(root, name)), ...options });
}

async function outcomeOf(given: Case, root: string): Promise<Outcome> {
  const shown = (text: string) => text.replaceAll(`${root}/`, "");
  try {
    const { document: made, unsupported, warnings = [] } = await imported(given, root);
    const left = unsupported.map(
      ({ file = "", line, kind, object, table, reason }) =>
        `${shown(file)}:${line}: ${kind} "${object}"${table === undefined ? "" : ` of "${table}"`}: ${reason}`,
    );
    return {
      ...(made["enums"] !== undefined && { enums: byName(made["enums"], (item) => item["values"]) }),
      tables: byName(made["tables"], ({ fields, ...rest }) => ({
        ...byName(fields, (field) => field),
        ...(Object.keys(rest).length > 0 && { "+": rest }),
      })),
      ...(left.length > 0 && { left }),
      ...(warnings.length > 0 && { warnings: warnings.map(shown) }),
    };
  } catch (error) {
    if (error instanceof ToolError && error.code !== "internal") return { error: shown(error.message) };
    throw error;
  }
}

function byName(items: unknown, of: (item: Record<string, unknown>) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    (items as readonly Record<string, unknown>[]).map(({ name, ...rest }) => [String(name), of(rest)]),
  );
}

const expectedOf = ({ name: _, types: __, options: ___, ...outcome }: Case): Outcome => outcome;

function write(index: number, outcome: Outcome): void {
  for (const key of ["enums", "tables", "left", "warnings", "error"] as const) {
    document.deleteIn([index, key]);
    if (outcome[key] !== undefined) document.setIn([index, key], document.createNode(outcome[key]));
  }
}

/** What belongs to a field stands in its line. */
function printed(of: Document): string {
  visit(of, {
    Seq(_, node) {
      if (node.items.length > 0 && node.items.every((item) => isScalar(item) && String(item.value).length < 30))
        node.flow = true;
    },
    Map(_, node, parents) {
      const inTables = parents.some((parent) => "key" in parent && String(parent.key) === "tables");
      const depth = parents.filter(isMap).length;
      if (inTables && depth === 3) node.flow = true;
    },
  });
  return of.toString({ lineWidth: 0, flowCollectionPadding: true });
}
