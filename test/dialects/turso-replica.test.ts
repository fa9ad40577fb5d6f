import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import type { RunEvent } from "../../src/runtime/events.ts";
import type { Project } from "../../src/runtime/project.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { startPlainSqld } from "../helpers/sqld-server.ts";
import { refusal } from "../library/program.ts";

// Embedded replicas, made by Turso's own library from a real server.

let primary: { readonly url: string; readonly port: number; stop(): Promise<void> };
let folder: string;
let file: string;

beforeAll(async () => {
  primary = await startPlainSqld();
});
afterAll(() => primary.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "godwit-replica-"));
  file = join(folder, "replica.db");
});

const nowhere = "http%2Blibsql://127.0.0.1:1";

function projectAt(url: string): Project {
  const migrationsDir = join(folder, "migrations");
  mkdirSync(migrationsDir, { recursive: true });
  for (const [name, before] of [
    ["0001_a", ""],
    ["0002_b", '"0001_a"'],
  ] as const) {
    const fields = `[{ name: "id", type: "serial", primaryKey: true }]`;
    writeFileSync(
      join(migrationsDir, `${name}.ts`),
      `import { createTable, migration } from "godwit";\nexport default migration({ dependencies: [${before}], operations: [createTable({ name: "${name}", fields: ${fields} })] });\n`,
    );
  }
  return { root: folder, migrationsDir, schemaPaths: [], database: { url }, historyTable: "godwit_history" };
}

async function sync(): Promise<void> {
  const client = createClient({ url: `file:${file}`, syncUrl: primary.url.replace("http+libsql:", "http:") });
  await client.sync();
  client.close();
}

/** Not what SQLite itself keeps beside a file while somebody reads it: that goes whenever the client of libSQL is collected as garbage. */
const filesOf = (path: string): readonly string[] => readdirSync(path).filter((name) => !/-(wal|shm)$/.test(name));

const stateOf = async (url: string) => {
  const events: RunEvent[] = [];
  const found = await status(projectAt(url), { onEvent: (event) => void events.push(event) });
  const said = events.flatMap((event) => (event.type === "warning" ? [event.message] : []));
  return { ...found, said };
};

describe("an embedded replica", () => {
  test("is migrated on the primary, and read when that is out of reach", async () => {
    const online = `libsql:${file}?syncUrl=http%2Blibsql://127.0.0.1:${primary.port}`;
    expect((await up(projectAt(online), { to: "0001_a" })).applied).toEqual(["0001_a"]);
    // The library writes the replica, nobody else does.
    expect(readdirSync(folder)).toEqual(["migrations"]);
    await sync();
    expect((await up(projectAt(online))).applied).toEqual(["0002_b"]);

    const now = await stateOf(online);
    expect([now.applied, now.pending, now.as_of, now.said]).toEqual([2, 0, undefined, []]);

    const before = filesOf(folder);
    const offline = await stateOf(`libsql:${file}?syncUrl=${nowhere}`);
    expect([offline.applied, offline.pending]).toEqual([1, 1]);
    expect(Date.now() - Date.parse(offline.as_of ?? "")).toBeLessThan(60_000);
    expect(offline.said).toEqual([
      `http://127.0.0.1:1 cannot be reached: this is what the replica "${file}" has, as of its last sync (${offline.as_of})`,
    ]);
    expect(filesOf(folder)).toEqual(before);

    // Reading it has not spoilt it for its library.
    await sync();
    expect((await stateOf(`libsql:${file}?syncUrl=${nowhere}`)).applied).toBe(2);
  });

  test("takes no migrations while the primary is out of reach, and says so at once", async () => {
    await sync();
    const started = performance.now();
    const error = await refusal(up(projectAt(`libsql:${file}?syncUrl=${nowhere}&authToken=ey.secret`)));
    expect(performance.now() - started).toBeLessThan(5000);
    expect(error.code).toBe("connect");
    expect(error.message).toContain("nothing was changed and nothing is queued");
    expect(JSON.stringify([error.message, error.data])).not.toContain("secret");
  });

  test("that was never synced cannot stand in for the primary", async () => {
    const error = await refusal(status(projectAt(`libsql:${file}?syncUrl=${nowhere}`)));
    expect([error.code, error.message.includes("does not exist yet")]).toEqual(["connect", true]);
  });

  test("is not migrated as if it were a file", async () => {
    await sync();
    const error = await refusal(up(projectAt(`libsql:${file}`)));
    expect([error.code, error.message.includes("name the server with ?syncUrl=")]).toEqual(["connect", true]);
    expect((await stateOf(`libsql:${file}`)).applied).toBeGreaterThanOrEqual(0);
  });

  test("of a primary that does not accept the token is no reason to read the replica", async () => {
    await sync();
    const key = "zMEOz8xOABDLk9TpBVWuQ6FxTb2KQO7X0nWmVBWpGqo";
    const guarded = await startPlainSqld([], { SQLD_AUTH_JWT_KEY: key });
    try {
      const error = await refusal(
        status(projectAt(`libsql:${file}?syncUrl=http%2Blibsql://127.0.0.1:${guarded.port}`)),
      );
      expect([error.code, error.message.includes("it wants a token and got none")]).toEqual(["connect", true]);
    } finally {
      await guarded.stop();
    }
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
