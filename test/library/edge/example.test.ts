import { afterAll, beforeAll, expect, test } from "bun:test";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { compiled } from "../../helpers/compiled.ts";
import { deno, type EdgeFolder, edgeFolder } from "../../helpers/edge-runtimes.ts";
import { engineFile } from "../../helpers/engines.ts";
import { nodeWithSqlite } from "../../helpers/node-with-sqlite.ts";
import { startPlainSqld } from "../../helpers/sqld-server.ts";

// examples/edge, as somebody would run it who has copied it and compiled its migrations.

const example = join(import.meta.dir, "../../../examples/edge");

let folder: EdgeFolder;
beforeAll(async () => {
  folder = await edgeFolder();
  cpSync(example, folder.directory, { recursive: true });
  const files: Record<string, string> = {};
  for (const name of new Bun.Glob("*.{ts,sql}").scanSync({ cwd: join(example, "migrations") }))
    files[name] = await Bun.file(join(example, "migrations", name)).text();
  folder.write({
    "migrations/compiled.json": JSON.stringify(await compiled(files)),
    "map.json": JSON.stringify({ imports: { "godwit/edge": "./edge.js" } }),
  });
}, 60_000);
afterAll(() => folder.dispose());

const applied = ["0001_notes", "0002_pinned"];

test("the program in Deno migrates a database of libSQL when it starts, and once", async () => {
  const server = await startPlainSqld();
  try {
    const environment = { TURSO_DATABASE_URL: server.url.replace("http+libsql:", "http:") };
    const flags = ["--no-config", "--no-check", "--no-remote", "--no-npm", "--import-map=map.json"];
    const run = (note: string) =>
      deno(folder.directory, ["run", ...flags, "--allow-net", "--allow-env", "notes.ts", note], environment);
    const lines = applied.map((name) => `applied ${name}\n`).join("");
    expect(await run("buy milk")).toEqual({ exitCode: 0, stderr: "", stdout: `${lines}1 buy milk\n` });
    expect((await run("water the plants")).stdout).toBe("1 buy milk\n2 water the plants\n");
  } finally {
    await server.stop();
  }
}, 60_000);

test("the Worker, bundled into one file, migrates D1 for who knows the secret", async () => {
  const bundle = await Bun.build({
    entrypoints: [join(folder.directory, "worker.ts")],
    target: "browser",
    minify: true,
    plugins: [
      {
        name: "installed",
        setup: (build) => {
          build.onResolve({ filter: /^godwit\/edge$/ }, () => ({ path: join(folder.directory, "edge.js") }));
        },
      },
    ],
  });
  const text = (await bundle.outputs[0]?.text()) ?? "";
  folder.write({
    "bundle.js": text,
    "run.mjs": `const { Miniflare } = await import(process.argv[2]);
import { readFileSync } from "node:fs";
const server = new Miniflare({ modules: true, compatibilityDate: "2026-01-01", script: readFileSync("bundle.js", "utf8"), d1Databases: ["DB"], bindings: { SECRET: "s" } });
const seen = [];
for (const path of ["migrate?secret=x", "migrate?secret=s", "migrate?secret=s", ""]) {
  const answer = await server.dispatchFetch("http://worker/" + path);
  seen.push([answer.status, await answer.text()]);
}
console.log(JSON.stringify(seen));
await server.dispose();
`,
  });
  const child = Bun.spawn([nodeWithSqlite(), "run.mjs", engineFile("miniflare/dist/src/index.js")], {
    cwd: folder.directory,
    env: { PATH: "/usr/bin:/bin", HOME: folder.directory },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  expect(stderr).toBe("");
  const nothing = { applied: [], baselined: [], unknown: [] };
  expect(JSON.parse(stdout)).toEqual([
    [403, "no"],
    [200, JSON.stringify({ ...nothing, applied })],
    [200, JSON.stringify(nothing)],
    [200, "[]"],
  ]);
  // docs/edge.md says so.
  expect(text).not.toContain("ClickHouseError");
  expect(Math.round(text.length / 1000)).toBeLessThan(500);
  expect(Bun.gzipSync(Buffer.from(text)).length).toBeLessThan(170_000);
}, 60_000);
