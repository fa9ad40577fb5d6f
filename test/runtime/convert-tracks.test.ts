import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../src/runtime/config.ts";
import { adopt } from "../../src/runtime/tasks/adopt.ts";
import { convert } from "../../src/runtime/tasks/convert.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";
import { withDatabase, writeFiles } from "../helpers/take-over.ts";

// Two projects of golang-migrate that become two tracks, each in a schema of its own or both in one.

let database: TestDatabase;
let root: string;
beforeAll(async () => {
  database = await (await postgresServer()).createDatabase();
  root = mkdtempSync(join(tmpdir(), "godwit-convert-tracks-"));
  writeFiles(root, [
    ["core/1_users.up.sql", "CREATE TABLE users (id int PRIMARY KEY);"],
    ["vector/1_items.up.sql", "CREATE TABLE items (id int PRIMARY KEY);"],
  ]);
});
afterAll(async () => {
  rmSync(root, { recursive: true, force: true });
  await database.drop();
});

const books = (schema: string): string =>
  `CREATE TABLE ${schema}.schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL); INSERT INTO ${schema}.schema_migrations VALUES (1, false)`;
const execute = (sql: string): Promise<unknown> => withDatabase(database.url, ({ driver }) => driver.execute(sql));

/** A project of both tracks in a directory of its own; what each is, with the state that its database has. */
function projectIn(directory: string, schemas: Readonly<Record<string, string>>) {
  const home = join(root, directory);
  mkdirSync(home);
  const tracks = ["core", "vector"].map((name) => ({
    name,
    migrations: `migrations/${name}`,
    ...(schemas[name] && { schema: schemas[name] }),
  }));
  writeFileSync(join(home, "godwit.yaml"), JSON.stringify({ tracks }));
  return {
    home,
    whole: () => loadProject({ url: database.url }, {}, home),
    track: (track: string) => loadProject({ url: database.url, track }, {}, home),
  };
}

const asState = { as: "ts", placeholders: {}, state: true } as const;

test("of a track with a schema of its own, the state is what is there, and the history is looked for there", async () => {
  await execute(
    `CREATE SCHEMA one; CREATE SCHEMA two; CREATE TABLE one.users (id int PRIMARY KEY); CREATE TABLE two.items (id int PRIMARY KEY); ${books("one")}; ${books("two")}`,
  );
  const { home, track, whole } = projectIn("apart", { core: "one", vector: "two" });
  for (const name of ["core", "vector"]) {
    const { state } = await convert(track(name), { ...asState, paths: [join(root, name)] });
    expect(state).toBe("0002_state");
    expect((await adopt(track(name))).adopted).toEqual([name === "core" ? "1_users" : "1_items", "0002_state"]);
  }
  const state = readFileSync(join(home, "migrations/vector/0002_state.ts"), "utf8");
  expect(state.match(/(?:create|drop)Table\(\{\s*name: "\w+"/g)).toEqual(['createTable({ name: "items"']);
  expect((await status(whole())).pending).toBe(0);
  expect((await drift(whole())).changes).toEqual([]);
});

test("where both live in one, what operations have not told apart is said", async () => {
  await execute("CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE items (id int PRIMARY KEY)");
  const { track } = projectIn("together", {});
  const first = await convert(track("core"), { ...asState, paths: [join(root, "core")] });
  expect(first.findings).toEqual([
    {
      file: "migrations/core/0002_state.ts",
      line: 1,
      what: 'has all that no operation of another track makes, so perhaps what SQL of "vector" has made',
      hint: 'take out what is not of "core", or convert with --as typed, which tells them apart',
      lost: false,
    },
  ]);
  // All is known by then.
  const second = await convert(track("vector"), { ...asState, paths: [join(root, "vector")] });
  expect([second.state, second.findings]).toEqual([null, []]);
});
