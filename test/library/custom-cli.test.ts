import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { nodeWithSqlite } from "../helpers/node-with-sqlite.ts";
import { borrow, type InstalledProject, installLibrary, type Ran } from "./installed.ts";

// examples/custom-cli, as somebody would build it who has copied it.

const bun = process.execPath;
const root = join(import.meta.dir, "../..");
let project: InstalledProject;
/** The executable, in a directory of its own. */
let program: string;

beforeAll(async () => {
  project = await installLibrary();
  cpSync(join(root, "examples/custom-cli"), project.directory, { recursive: true });
  traceChunks();
  const offline = { BUN_CONFIG_REGISTRY: "http://127.0.0.1:1", PATH: `${dirname(bun)}:${process.env["PATH"] ?? ""}` };
  const { exitCode, stderr } = await project.run([bun, "run", "build"], offline);
  expect({ exitCode, stderr: stderr.replace(/^\$ .*\n/, "") }).toEqual({ exitCode: 0, stderr: "" });
  mkdirSync(join(project.directory, "bin"));
  program = join(project.directory, "bin/acme-migrate");
  renameSync(join(project.directory, "acme-migrate"), program);
  // What it was built from is not there where it runs.
  renameSync(join(project.directory, "node_modules"), join(project.directory, "node_modules.away"));
}, 120_000);
afterAll(() => project.dispose());

/** Each chunk says on request that it was loaded, and what of the heavy parts is in it. */
function traceChunks(): void {
  const folder = join(project.directory, "node_modules/godwit/dist/library/cli");
  for (const file of readdirSync(folder).filter((name) => /-\w{8}\.js$/.test(name))) {
    const text = readFileSync(join(folder, file), "utf8");
    const heavy = [
      "node_modules/postgres/",
      "node_modules/mysql2/",
      "node_modules/yaml/",
      "sandbox/host/",
      "node_modules/@clack/",
    ];
    const parts = heavy.filter((part) => text.includes(`// ${part}`));
    const line = `if (process.env.TRACE_CHUNKS) console.error(${JSON.stringify(`loaded ${parts.join(" ")}`)});\n`;
    writeFileSync(join(folder, file), `${text}\n${line}`);
  }
}

const run = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  project.run([program, ...argv], env);

/** The error of a command with `--json`, with another second migration. */
async function errorOf(change: (text: string) => string) {
  const file = "migrations/0002_plan_rows.ts";
  const text = readFileSync(join(root, "examples/custom-cli", file), "utf8");
  project.write({ [file]: change(text) });
  try {
    const { stdout, exitCode } = await run(["migrate", "showsql", "--url", "sqlite:errors.db", "--json"]);
    expect(exitCode).toBe(1);
    return (
      JSON.parse(stdout) as {
        readonly error: { code: string; message: string; data: Readonly<Record<string, unknown>> };
      }
    ).error;
  } finally {
    project.write({ [file]: text });
  }
}

describe("an executable of somebody's own", () => {
  test("migrates with what it brings along", async () => {
    const { exitCode, stdout, stderr } = await run(["migrate", "up", "--url", "sqlite:app.db"]);
    expect({ exitCode, stdout, stderr: stderr.replace(/\(\d+ ms\)/g, "(ms)") }).toEqual({
      exitCode: 0,
      stdout: "2 migrations applied\n",
      stderr: "applied 0001_plans (ms)\napplied 0002_plan_rows (ms)\n",
    });
    const { Database } = await import("bun:sqlite");
    const database = new Database(join(project.directory, "app.db"));
    expect(database.query("SELECT id, title FROM plans ORDER BY id").all()).toEqual([
      { id: 1001, title: "Free" },
      { id: 1002, title: "Team" },
    ]);
    database.close();
  }, 60_000);

  test("says what that is, under its own name", async () => {
    const { stdout } = await run(["symbols", "list", "--json"]);
    const { symbols } = JSON.parse(stdout) as { readonly symbols: readonly { readonly name: string }[] };
    expect(symbols.slice(0, 2)).toMatchObject([
      {
        name: "acme/ids",
        kind: "host",
        exports: ["idOf", "names"],
        version: "1",
        hash: null,
        used_by: ["0002_plan_rows"],
      },
      { name: "acme/text", kind: "program", exports: ["title"], problem: null },
    ]);
    expect((await run(["--version"])).stdout).toMatch(/^acme-migrate \(godwit \d+\.\d+\.\d+\)\n$/);
    expect((await run(["migrate", "status", "--help"])).stdout).toContain("Usage  acme-migrate migrate status [flags]");
  }, 60_000);

  test("refuses arguments that do not fit at the line of the call", async () => {
    const error = await errorOf((text) => text.replace('idOf("plan", name)', 'idOf("plain", name)'));
    expect(error).toMatchObject({ code: "migration", data: { file: "migrations/0002_plan_rows.ts", line: 11 } });
    expect(error.message).toContain(
      'TypeError: idOf() of "acme/ids": "kind" is the text "plain", and has to be one of "plan", "region"',
    );
  }, 60_000);

  test("reports what its functions throw with both stacks, at the lines of both", async () => {
    const error = await errorOf((text) => text.replace('idOf("plan", name)', 'idOf("plan", `old ${name}`)'));
    expect(error).toMatchObject({ code: "migration", data: { module: "acme/ids", function: "idOf", line: 11 } });
    expect(error.message).toContain(
      'no id is reserved for the plan "old free" (thrown by idOf() of host module "acme/ids")',
    );
    expect(error.data["guest_stack"]).toContain("(migrations/0002_plan_rows.ts:11:");
    expect(error.data["host_stack"]).toContain("ids.ts:18:");
  }, 60_000);

  test("holds a hostile migration", async () => {
    const tooOften = await errorOf((text) =>
      text.replace("export default", 'for (;;) try { names("plan"); } catch {}\nexport default'),
    );
    expect(tooOften).toMatchObject({ code: "limit", data: { limit: "calls", function: "names" } });
    const getter = await errorOf((text) =>
      text.replace('idOf("plan", name)', 'idOf("plan", new Proxy({}, {}) as never)'),
    );
    expect(getter.message).toContain('"name" is a Proxy');
    const host = await errorOf((text) =>
      text.replace(
        "export default",
        'throw new Error(`${Object.keys(globalThis)}${idOf.constructor("return typeof process")()}`);\nexport default',
      ),
    );
    expect(host.message).toEndWith("undefined");
    expect(host.message).not.toContain("host");
  }, 60_000);

  test("called migrate, stands for that group", async () => {
    symlinkSync(program, join(project.directory, "bin/migrate"));
    const { stdout, exitCode } = await project.run([
      join(project.directory, "bin/migrate"),
      "status",
      "--url",
      "sqlite:app.db",
    ]);
    expect({ exitCode, last: stdout.trimEnd().split("\n").at(-1) }).toEqual({
      exitCode: 0,
      last: "2 applied, 0 pending",
    });
  }, 60_000);

  test("completes under its own name", async () => {
    expect((await run(["completion", "bash"])).stdout).toEndWith("complete -o default -F _acme_migrate acme-migrate\n");
  }, 60_000);

  test("loads what a command needs, and nothing else", async () => {
    const loaded = async (...argv: string[]) => {
      const { stderr } = await run(argv, { TRACE_CHUNKS: "1" });
      return stderr.split("\n").filter((line) => line.startsWith("loaded"));
    };
    const help = await loaded("--help");
    expect(help.length).toBeGreaterThan(0);
    expect(help.filter((line) => line !== "loaded ")).toEqual([]);
    const status = (await loaded("migrate", "status", "--url", "sqlite:app.db")).join("\n");
    expect(status).toContain("sandbox/host/");
    expect(status).not.toContain("mysql2");
    expect(status).not.toContain("@clack");
  }, 60_000);

  test("makes a bundle of itself that needs nothing beside it", async () => {
    const made = await run(["bundle", "--out", "bin/app-migrate"]);
    expect({ exitCode: made.exitCode, stderr: made.stderr }).toEqual({ exitCode: 0, stderr: "" });
    mkdirSync(join(project.directory, "empty"));
    const script =
      "cd empty && ../bin/app-migrate up --url sqlite:bundled.db --json && ../bin/app-migrate check --url sqlite:bundled.db";
    const ran = await project.run(["sh", "-c", script]);
    expect(ran.stdout).toContain('"0002_plan_rows"');
    expect(ran.exitCode).toBe(0);
  }, 60_000);
});

describe("the program it is made of", () => {
  beforeAll(() => {
    renameSync(join(project.directory, "node_modules.away"), join(project.directory, "node_modules"));
    for (const name of ["@types/node", "@types/bun", "bun-types", "undici-types"]) borrow(project, name);
  });

  test("runs in Bun as it stands, and writes types for editors", async () => {
    const { exitCode, stdout, stderr } = await project.run([bun, "main.ts", "symbols", "types"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("created migrations/godwit/program/acme__ids.d.ts\n");
    const tsc = join(root, "node_modules/.bin/tsc");
    expect((await project.run([tsc, "--pretty", "false", "-p", "migrations"])).stdout).toBe("");
    const settings = {
      strict: true,
      noEmit: true,
      target: "ES2023",
      lib: ["ES2023"],
      module: "preserve",
      types: ["bun"],
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
    };
    project.write({
      "tsconfig.json": JSON.stringify({ compilerOptions: settings, files: ["main.ts"] }),
      "wrong.ts": `import { hostModule, shape } from "godwit/cli";
export const m = hostModule({ f: { params: [shape.string()], result: shape.integer(), run: (text) => text } });\n`,
      "wrong.json": JSON.stringify({ compilerOptions: settings, files: ["wrong.ts"] }),
    });
    expect((await project.run([tsc, "--pretty", "false", "-p", "."])).stdout).toBe("");
    expect((await project.run([tsc, "--pretty", "false", "-p", "wrong.json"])).stdout).toContain("error TS2322");
  }, 120_000);

  test("says in Node that it needs Bun", async () => {
    project.write({
      "node.mjs": `import { createCli, hostModule, shape } from "godwit/cli";
const ids = hostModule({ f: { params: [], result: shape.string(), run: () => "a" } });
await createCli({ symbols: { "acme/ids": ids } }).run(["--help"]);\n`,
    });
    const { exitCode, stderr } = await project.run([nodeWithSqlite(), "node.mjs"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("the command line of godwit/cli needs Bun");
  }, 60_000);

  test("says what is wrong with its options", async () => {
    project.write({
      "options.ts": `import { createCli } from "godwit/cli";
for (const options of [{ symbol: {} }, { name: "a b" }])
  try { createCli(options as never); } catch (error) { console.log((error as Error).message); }
const cli = createCli({ symbols: { "godwit/x y": { kind: "host", exports: {} } } });
console.log(await cli.run(["symbols", "list"]));
console.log(await cli.run(["migrat"]));\n`,
    });
    const { stdout, stderr } = await project.run([bun, "options.ts"]);
    expect(stdout).toBe(`there is no option "symbol"; there are symbols, name
"a b" cannot be the name of a program; use letters, digits, "-", "_" and "."
1
2
`);
    expect(stderr).toContain('"godwit/x y" cannot be registered in the symbol map');
  }, 60_000);
});
