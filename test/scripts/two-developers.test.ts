import { expect, test } from "bun:test";
import { openDatabase } from "../../src/runtime/database.ts";
import { dumpPostgres } from "../helpers/postgres-dump.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { openSession, type Session } from "../helpers/script-session.ts";
import { dumpSqlite } from "../helpers/sqlite-dump.ts";

// Ann makes a field longer and Bob puts an index on it, each in a branch of git and each on databases of their own. Git merges them without a word.

const schema = (email: string, indexes: string): string => `tables:
  - name: users
    fields:
      - { name: id, type: integer, primary_key: true }
      - { name: email, type: varchar, length: ${email} }
      # git sees no conflict
      # between what is above
      # and what is below
      - { name: name, type: text }
${indexes}`;
const index = "    indexes:\n      - { name: users_email, fields: [email] }\n";
const git = "git -c user.name=x -c user.email=x@y -c commit.gpgsign=false";

/** What a database has been through before the branches are merged. */
const states = ["none", "ann", "bob", "both"] as const;
type State = (typeof states)[number];

interface Story {
  run(command: string, on?: State): Promise<string>;
  refused(command: string, on?: State): Promise<string>;
  /** What each of the databases is, the same of all. */
  dumps(): Promise<readonly (readonly string[])[]>;
}

for (const kind of ["sqlite", "postgresql"] as const) {
  test(`two developers on ${kind}: a merge says which branch runs first, and every database ends the same`, async () => {
    await withStory(kind, async ({ run, refused, dumps }) => {
      const conflict =
        'conflict migrations/0002_index.ts: "0002_index" and "0002_longer" conflict over field "email" of "users"';
      expect(await refused("godwit migrate check --base main")).toContain(conflict);
      expect(await refused("godwit generate")).toContain('"0002_index" and "0002_longer" conflict');
      expect(await refused("godwit migrate up", "none")).toContain("nothing was run; ");
      expect(await refused("godwit migrate up", "bob")).toContain("--order 0002_index,0002_longer");
      expect(await refused("godwit migrate up", "ann")).toContain("--order 0002_longer,0002_index");
      expect(await run("godwit migrate up", "both")).toBe("nothing to apply\n");
      expect(await run("godwit generate --merge --order 0002_longer,0002_index")).toStartWith(
        "created migrations/0003_",
      );
      for (const state of states) await run("godwit migrate up", state);
      expect(await run("godwit migrate check --base main")).toBe("nothing found\n");
      expect(await run("godwit generate --check")).toBe("no changes\n");
      const [first, ...others] = await dumps();
      for (const other of others) expect(other).toEqual(first ?? []);
      expect(first?.join("\n")).toContain("users_email");
    });
  }, 120_000);

  test(`two developers on ${kind}: one moves behind the other, and every database ends the same`, async () => {
    await withStory(kind, async ({ run, refused, dumps }) => {
      expect(await refused("godwit migrate renumber --base ann", "bob")).toContain(
        '"0002_index" is applied to this database',
      );
      await run("godwit migrate down", "bob");
      // Of the two that are applied there, the later one of Bob is in the way of Ann's.
      expect(await refused("godwit migrate down", "both")).toContain('"0002_index" was applied after "0002_longer"');
      await run("godwit migrate down --to 0001", "both");
      expect(await run("godwit migrate renumber --base ann", "bob")).toBe("renamed 0002_index to 0003_index\n");
      for (const state of states) await run("godwit migrate up", state);
      expect(await run("godwit generate --check")).toBe("no changes\n");
      const [first, ...others] = await dumps();
      for (const other of others) expect(other).toEqual(first ?? []);
      expect(await run("godwit migrate dag")).toContain("0003_index");
    });
  }, 120_000);
}

/** Both branches are made, applied to databases, and merged by git into Bob's. */
async function withStory(kind: "sqlite" | "postgresql", work: (story: Story) => Promise<void>): Promise<void> {
  const session = await openSession("sqlite");
  const { urls, drop } = await databasesFor(kind, session);
  const play = (command: string, state: State) =>
    session.run(command.replace(/^godwit migrate (?!check|dag)/, `DATABASE_URL='${urls[state]}' $&`));
  const run = async (command: string, on: State = "none"): Promise<string> => {
    const { stdout, stderr, exitCode } = await play(command, on);
    expect({ command, exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ command, exitCode: 0, stderr: "" });
    return stdout;
  };
  const refused = async (command: string, on: State = "none"): Promise<string> => {
    const { stdout, stderr, exitCode } = await play(command, on);
    expect({ command, failed: exitCode !== 0 }).toEqual({ command, failed: true });
    return stdout + stderr;
  };
  const write = (text: string): Promise<unknown> => Bun.write(`${session.directory}/schema/schema.yaml`, text);
  try {
    await write(schema("100", ""));
    await run(`godwit generate && git init -q -b main . && git add . && ${git} commit -qm first`);
    for (const state of states) await run("godwit migrate up", state);
    await write(schema("200", ""));
    await run(`git checkout -q -b ann && godwit generate --name longer && git add . && ${git} commit -qm longer`);
    for (const state of ["ann", "both"] as const) await run("godwit migrate up", state);
    await run("git checkout -q -b bob main");
    await write(schema("100", index));
    await run(`godwit generate --name index && git add . && ${git} commit -qm index`);
    for (const state of ["bob", "both"] as const) await run("godwit migrate up", state);
    await run(`${git} merge -q --no-edit ann`);
    await work({ run, refused, dumps: () => Promise.all(states.map((state) => dump(kind, urls[state]))) });
  } finally {
    await drop();
    await session.end();
  }
}

type Urls = Readonly<Record<State, string>>;

async function databasesFor(kind: string, { directory }: Session): Promise<{ urls: Urls; drop(): Promise<void> }> {
  if (kind === "sqlite") {
    const [none, ann, bob, both] = states.map((state) => `sqlite:${directory}/../${state}.db`) as [
      string,
      string,
      string,
      string,
    ];
    return { urls: { none, ann, bob, both }, drop: async () => undefined };
  }
  const server = await postgresServer();
  const [none, ann, bob, both] = [
    await server.createDatabase(),
    await server.createDatabase(),
    await server.createDatabase(),
    await server.createDatabase(),
  ];
  const made = { none, ann, bob, both };
  const urls = { none: none.url, ann: ann.url, bob: bob.url, both: both.url };
  return { urls, drop: async () => void (await Promise.all(Object.values(made).map(({ drop }) => drop()))) };
}

async function dump(kind: "sqlite" | "postgresql", url: string): Promise<readonly string[]> {
  const database = await openDatabase({ url });
  try {
    const lines = await (kind === "sqlite" ? dumpSqlite : dumpPostgres)(database);
    return lines.map(({ object, text }) => `${object}: ${text}`).toSorted();
  } finally {
    await database.close();
  }
}
