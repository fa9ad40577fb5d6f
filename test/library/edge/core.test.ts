import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deno, type EdgeFolder, edgeFolder, startWorker } from "../../helpers/edge-runtimes.ts";

let folder: EdgeFolder;
beforeAll(async () => {
  folder = await edgeFolder();
}, 60_000);
afterAll(() => folder.dispose());

const root = join(import.meta.dir, "../../..");

const program = `import { applyAll, dialects, diff, emptySchema, invert, printMigration, readSchema, sqlFor, titleOf, ToolError } from "./core.js";
export function seen() {
  const document = { tables: [{ name: "users", fields: [{ name: "id", type: "serial", primary_key: true }, { name: "email", type: "varchar", length: 200 }] }] };
  const schema = readSchema(document);
  const { operations } = diff(emptySchema, schema);
  const sql = (name, down) => sqlFor(operations, { dialect: dialects.find((d) => d.name === name), down }).map((statement) => statement.sql);
  let refused;
  try { readSchema({ tables: [{ name: "x", fields: [{ name: "a", type: "no such type" }] }] }); } catch (error) { refused = [error instanceof ToolError, error.code]; }
  return {
    titles: operations.map(titleOf),
    tables: applyAll(emptySchema, operations).tables.map((table) => table.name),
    postgres: sql("postgresql"),
    sqlite: sql("sqlite", true),
    source: printMigration({ dependencies: [], operations }),
    refused,
  };
}
`;

describe("the pure library", () => {
  test("reads, compares, plans and renders, the same in Deno and in a Worker", async () => {
    folder.write({
      "seen.js": program,
      "program.js": 'import { seen } from "./seen.js";\nconsole.log(JSON.stringify(seen()));\n',
      "worker.js": 'import { seen } from "./seen.js";\nexport default { fetch: () => Response.json(seen()) };\n',
    });
    const { stdout, stderr } = await deno(folder.directory, [
      "run",
      "--no-config",
      "--no-remote",
      "--no-npm",
      "program.js",
    ]);
    expect(stderr).toBe("");
    const inDeno = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(inDeno).toMatchObject({
      titles: ['create table "users"'],
      tables: ["users"],
      sqlite: ['DROP TABLE "users"'],
      refused: [true, "schema"],
    });
    expect(String(inDeno["postgres"])).toContain('CREATE TABLE "users"');
    expect(inDeno["source"]).toContain("createTable({");
    const worker = await startWorker(folder, ["worker.js", "seen.js", "core.js"]);
    try {
      expect(await (await fetch(worker.url)).json()).toEqual(inDeno);
    } finally {
      await worker.stop();
    }
  }, 60_000);

  test("and the edge have nothing of a runtime's own in them, and make no code of texts", () => {
    for (const name of ["core.js", "edge.js"]) {
      const text = readFileSync(join(folder.directory, name), "utf8");
      expect(text).not.toMatch(/(?:from|import|require)\s*\(?\s*["'](?:node:|bun)/);
      expect(text).not.toMatch(/\bnew Function\b|\beval\(/);
    }
  });
});

const types = `import { check, clickhouse, d1, d1Http, libsql, migrate, status } from "./edge.js";
import { diff, emptySchema, readSchema, sqlFor, dialects, type Schema } from "./core.js";

export async function all(env: { DB: { prepare(sql: string): { bind(...values: unknown[]): never }; batch(list: unknown[]): Promise<unknown[]> } }, compiled: Record<string, unknown>): Promise<string[]> {
  const drivers = [
    libsql({ url: "libsql://x", authToken: "t" }),
    d1(env.DB),
    d1Http({ accountId: "a", databaseId: "d", token: "t" }),
    clickhouse({ url: "clickhouse://x" }),
  ];
  for (const driver of drivers) await migrate({ driver, migrations: compiled, ifAhead: "refuse", onEvent: (event) => void event.type });
  const { applied } = await status({ driver: libsql({ url: "libsql://x" }), migrations: compiled });
  const { ok }: { ok: boolean } = await check({ driver: libsql({ url: "libsql://x" }), migrations: compiled });
  // @ts-expect-error: a URL is no driver.
  await migrate({ driver: "libsql://x", migrations: compiled });
  const schema: Schema = readSchema({});
  const [dialect] = dialects;
  if (!dialect) return [String(applied), String(ok)];
  return sqlFor(diff(emptySchema, schema).operations, { dialect }).map((statement) => statement.sql);
}
`;

/** Compiles what a program writes, with the types of a runtime that has neither Node's nor Bun's. */
function compile(lib: readonly string[]): SpawnSyncReturns<string> {
  folder.write({
    "types.ts": types,
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        target: "ES2023",
        module: "ESNext",
        moduleResolution: "bundler",
        lib,
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        skipLibCheck: false,
      },
      files: ["types.ts"],
    }),
  });
  return spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", folder.directory, "--pretty", "false"], {
    encoding: "utf8",
  });
}

test.each([[["ES2023", "DOM"]], [["ES2023", "WebWorker"]]])(
  "the types are sound for a compiler that knows %j alone",
  (lib) => {
    expect(compile(lib).stdout).toBe("");
  },
  60_000,
);
