import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { openLibsql } from "../../../src/dialects/libsql/remote.ts";
import { compiled } from "../../helpers/compiled.ts";
import { deno, type EdgeFolder, edgeFolder, startWorker } from "../../helpers/edge-runtimes.ts";
import { startPlainSqld } from "../../helpers/sqld-server.ts";
import { migrations, story } from "./story.ts";

// The library for the edge as it is built, against a real server of libSQL: the same story in three runtimes, with the same end.

let folder: EdgeFolder;
let given: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  folder = await edgeFolder();
  given = {
    migrations: await compiled(migrations),
    failing: await compiled({ ...migrations, "0005_bad.ts": bad }),
    withCode: await compiled({ ...migrations, "0005_code.ts": code }),
    tampered: JSON.parse(JSON.stringify(await compiled(migrations)).replace('"red"', '"green"')) as unknown,
  };
  folder.write({
    "story.js": story,
    "given.json": JSON.stringify(given),
    "program.js": `import * as edge from "./edge.js";
import { play } from "./story.js";
import given from "./given.json" with { type: "json" };
const url = globalThis.Deno ? Deno.args[0] : process.argv[2];
console.log(JSON.stringify(await play(edge, { ...given, url })));
`,
    "worker.js": `import * as edge from "./edge.js";
import { play } from "./story.js";
import given from "./given.json";
export default {
  fetch: async (request) => {
    try {
      const url = new URL(request.url).searchParams.get("url");
      return Response.json(await play(edge, { ...given, url }));
    } catch (error) {
      return new Response(String(error && error.stack), { status: 500 });
    }
  },
};
`,
  });
}, 120_000);
afterAll(() => folder.dispose());

const bad = `import { migration, runSQL } from "godwit";
export default migration({ dependencies: ["0004_data"], operations: [runSQL({ forward: "CREATE TABLE half (id)" }), runSQL({ forward: "INSERT INTO nowhere VALUES (1)" })] });
`;

const code = `import { createTable, migration, runCode } from "godwit";
export default migration({ dependencies: ["0004_data"], operations: [
  createTable({ name: "half", fields: [{ name: "id", type: "integer", primaryKey: true }] }),
  runCode({ forward: async (db) => void (await db.execute("INSERT INTO half VALUES (1)")), backward: "" }),
] });
`;

type Play = (url: string) => Promise<string>;

const runtimes: Readonly<Record<string, Play>> = {
  bun: async (url) => {
    const child = Bun.spawn([process.execPath, "program.js", url], {
      cwd: folder.directory,
      stdout: "pipe",
      stderr: "pipe",
      env: {},
    });
    const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
    return stdout || stderr;
  },
  // It may talk to the server, and to nobody else.
  deno: async (url) => {
    const net = `--allow-net=${new URL(url).host},127.0.0.1:1`;
    const { stdout, stderr } = await deno(folder.directory, [
      "run",
      "--no-config",
      "--no-remote",
      "--no-npm",
      net,
      "program.js",
      url,
    ]);
    return stdout || stderr;
  },
  workerd: async (url) => {
    const worker = await startWorker(folder, ["worker.js", "story.js", "edge.js", "given.json"]);
    try {
      return await (await fetch(`${worker.url}/?url=${encodeURIComponent(url)}`)).text();
    } finally {
      await worker.stop();
    }
  },
};

interface Seen {
  readonly [key: string]: unknown;
}

describe.each(Object.entries(runtimes))("in %s, against sqld", (_, play) => {
  let seen: Seen;
  /** Code and message of an error. */
  const told = (what: string): unknown => (seen[what] as readonly unknown[]).slice(0, 2);
  let left: Readonly<Record<string, unknown>>;
  beforeAll(async () => {
    const server = await startPlainSqld();
    try {
      const text = await play(server.url.replace("http+libsql:", "http:"));
      expect(text).toStartWith("{");
      seen = JSON.parse(text) as Seen;
      const driver = await openLibsql({ url: server.url });
      left =
        (
          await driver.query(
            "SELECT (SELECT id FROM red) AS red, (SELECT id || '' FROM files) AS file, (SELECT hex(body) FROM files) AS body, (SELECT count(*) FROM sqlite_schema WHERE name = 'half') AS half, (SELECT count(*) FROM godwit_lease WHERE owner IS NOT NULL) AS locks, (SELECT group_concat(applied_by) FROM godwit_history) AS who",
          )
        )[0] ?? {};
      await driver.close();
    } finally {
      await server.stop();
    }
  }, 120_000);

  test("everything is applied once, with values exact to the last digit", () => {
    const all = ["0001_users", "0002_colours", "0003_search", "0004_data"];
    expect(seen["first"]).toEqual({ applied: all, baselined: [], unknown: [] });
    expect(seen["again"]).toEqual({ applied: [], baselined: [], unknown: [] });
    expect(seen["twoAtOnce"]).toEqual([[], []]);
    expect(left).toMatchObject({ red: 2, file: "9007199254740993", body: "00C8FF", locks: 0 });
    expect(seen["events"]).toContain("migration-end");
  });

  test("status and check say how it stands", () => {
    expect(seen["before"]).toMatchObject({ ok: false, tracks: [{ state: "unversioned" }] });
    expect(seen["status"]).toMatchObject({ applied: 4, pending: 0, failed: 0 });
    expect(told("behind")).toEqual(["found", expect.stringContaining('needs "0005_bad"')]);
  });

  test("a migration that fails leaves nothing, and names the operation and its SQL", () => {
    const [code, message, { failed, applied }] = seen["failed"] as [string, string, Record<string, unknown>];
    expect({ code, failed, applied }).toEqual({ code: "database", failed: "0005_bad", applied: [] });
    expect(message).toContain('migration "0005_bad", operation 2');
    expect(message).toContain("no such table: nowhere");
    expect(left["half"]).toBe(0);
  });

  test("what is no good is refused before anything runs", () => {
    expect(told("tampered")).toEqual(["file", expect.stringContaining('operations of "0002_colours"')]);
    expect(told("code")).toEqual(["unsupported", expect.stringContaining('"0005_code" runs code')]);
    expect(told("files")).toEqual(["usage", expect.stringContaining("godwit compile")]);
    expect(told("noDriver")).toEqual(["usage", expect.stringContaining('"driver" is a string')]);
    expect(told("misspelt")).toEqual(["usage", expect.stringContaining('did you mean "ifAhead"?')]);
    expect(told("nobody")).toEqual(["connect", expect.stringContaining("http://127.0.0.1:1")]);
  });
});
