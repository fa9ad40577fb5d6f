import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { compiled } from "../../helpers/compiled.ts";
import { type EdgeFolder, edgeFolder } from "../../helpers/edge-runtimes.ts";
import { engineFile } from "../../helpers/engines.ts";
import { nodeWithSqlite } from "../../helpers/node-with-sqlite.ts";
import { migrations } from "./story.ts";

// A Worker with a binding to D1, in miniflare: the built library, the real D1.

let folder: EdgeFolder;
let seen: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  folder = await edgeFolder();
  const bad = `import { migration, runSQL } from "godwit";
export default migration({ dependencies: ["0004_data"], operations: [runSQL({ forward: "CREATE TABLE half (id)" }), runSQL({ forward: "INSERT INTO nowhere VALUES (1)" })] });
`;
  folder.write({
    "given.json": JSON.stringify({
      migrations: await compiled(migrations),
      failing: await compiled({ ...migrations, "0005_bad.ts": bad }),
    }),
    "worker.js": `import { check, d1, migrate, status, ToolError } from "./edge.js";
import given from "./given.json";
const attempt = (work) => work().then(() => ["nothing was refused"], (error) => (error instanceof ToolError ? [error.code, error.message] : [String(error.stack)]));
export default {
  async fetch(_request, env) {
    const driver = d1(env.DB);
    const { migrations, failing } = given;
    const seen = {};
    seen.first = (await migrate({ driver, migrations })).applied;
    seen.again = (await migrate({ driver, migrations })).applied;
    seen.ok = (await check({ driver, migrations })).ok;
    seen.status = (({ dialect, applied, pending }) => ({ dialect, applied, pending }))(await status({ driver, migrations }));
    seen.failed = await attempt(() => migrate({ driver, migrations: failing }));
    seen.unbound = await attempt(() => migrate({ driver: d1(env.NONE), migrations }));
    seen.rows = (await env.DB.prepare("SELECT (SELECT id FROM red) AS red, (SELECT id || '' FROM files) AS file, (SELECT hex(body) FROM files) AS body, (SELECT count(*) FROM sqlite_schema WHERE name = 'half') AS half, (SELECT count(*) FROM godwit_lock) AS locks").all()).results[0];
    return Response.json(seen);
  },
};
`,
    "run.mjs": `const { Miniflare } = await import(process.argv[2]);
import { readFileSync } from "node:fs";
const contents = (path) => readFileSync(path, "utf8");
const server = new Miniflare({
  compatibilityDate: "2026-01-01",
  modules: [
    { type: "ESModule", path: "worker.js", contents: contents("worker.js") },
    { type: "ESModule", path: "edge.js", contents: contents("edge.js") },
    { type: "ESModule", path: "given.json", contents: "export default " + contents("given.json") },
  ],
  d1Databases: ["DB"],
});
console.log(await (await server.dispatchFetch("http://worker/")).text());
await server.dispose();
`,
  });
  const child = Bun.spawn([nodeWithSqlite(), "run.mjs", engineFile("miniflare/dist/src/index.js")], {
    cwd: folder.directory,
    env: { PATH: "/usr/bin:/bin", HOME: join(folder.directory, "home") },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  if (!stdout.startsWith("{")) throw new Error(stdout + stderr);
  seen = JSON.parse(stdout) as typeof seen;
}, 120_000);
afterAll(() => folder.dispose());

describe("a Worker with a binding to D1", () => {
  test("applies everything once, with values exact to the last digit", () => {
    const all = ["0001_users", "0002_colours", "0003_search", "0004_data"];
    expect(seen).toMatchObject({ first: all, again: [], ok: true, status: { dialect: "d1", applied: 4, pending: 0 } });
    expect(seen["rows"]).toEqual({ red: 2, file: "9007199254740993", body: "00C8FF", half: 0, locks: 0 });
  });

  test("is told which statement failed, and of a binding that is missing", () => {
    expect(seen["failed"]).toEqual(["database", expect.stringContaining('migration "0005_bad", operation 2')]);
    expect(seen["unbound"]).toEqual(["usage", expect.stringContaining("d1() takes the binding of a D1 database")]);
  });
});
