import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { down } from "../../src/runtime/tasks/down.ts";
import { squash } from "../../src/runtime/tasks/squash.ts";
import { finishSquash } from "../../src/runtime/tasks/squash-finish.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { rejectionOf } from "../helpers/tool-error.ts";

const users = `createTable({ name: "users", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;
const add = (name: string): string =>
  `addField({ table: "users", field: { name: "${name}", type: "text", nullable: true } })`;

/** Two files with functions, whose own words do not get into each other's way. */
const withFunctions = (name: string, dependency: string, word: string): string =>
  `// What ${name} needs.
import { migration, runCode as run } from "godwit";
import { slugify } from "godwit/text";

const word = slugify("${word} ${word}");

/* Shown in plans. */
export const title = "rows of " + word;

export default migration({
  dependencies: ["${dependency}"],
  operations: [
    run({ title, forward: async (db) => void (await db.execute("INSERT INTO users (id, a) VALUES (?, ?)", [word.length, word])), backward: "" }),
  ],
});
`;

describe.each(["sqlite", "postgresql", "mariadb"] as const)("a squash, on %s", (database) => {
  let project: TestProject;

  beforeEach(async () => {
    project = await createProject(database);
    project.write("0001_users", users);
    project.write("0002_a", add("a"), { dependencies: ["0001_users"] });
  });
  afterEach(() => project.dispose());

  const writeFunctions = (name: string, dependency: string, word: string): void =>
    writeFileSync(join(project.migrationsDir, `${name}.ts`), withFunctions(name, dependency, word));

  test("takes functions over with the files that they are in, and they run", async () => {
    writeFunctions("0003_x", "0002_a", "X");
    writeFunctions("0004_y", "0003_x", "Yy");
    const result = await squash(project, { all: true });
    expect([result.proof, result.operations.map(({ kind }) => kind)]).toEqual([
      "database",
      ["create_table", "run_code", "run_code"],
    ]);
    expect(await up(project)).toEqual({ applied: ["0001_squashed_0004_y"] });
    expect(await project.query("SELECT id, a FROM users ORDER BY id")).toEqual([
      { id: 3, a: "x-x" },
      { id: 5, a: "yy-yy" },
    ]);
  });

  test("is finished and squashed again", async () => {
    await up(project);
    await squash(project, { all: true });
    expect((await rejectionOf(finishSquash(project, {}))).message).toContain("has not recorded that yet");
    expect(existsSync(join(project.migrationsDir, "0001_users.ts"))).toBe(true);
    await up(project);
    expect((await finishSquash(project, {})).removed).toEqual(["migrations/0001_users.ts", "migrations/0002_a.ts"]);
    project.write("0003_b", add("b"), { dependencies: ["0002_a"] });
    expect(await up(project)).toEqual({ applied: ["0003_b"] });
    const again = await squash(project, { all: true });
    expect(again.replaces).toEqual(["0001_users", "0002_a", "0001_squashed_0002_a", "0003_b"]);
    expect(await up(project)).toEqual({ applied: [], recorded: ["0001_squashed_0003_b"] });
  });
});

describe.each(["sqlite", "postgresql", "mariadb"] as const)(
  "a range that cannot be one migration, on %s",
  (database) => {
    let project: TestProject;

    beforeEach(async () => {
      project = await createProject(database);
      project.write("0001_users", users);
      project.write("0002_a", add("a"), { dependencies: ["0001_users"] });
      const index = `addIndex({ table: "users", index: { name: "i_$", fields: ["id"] } })`;
      project.write("0003_i", index.replace("$", "1"), { dependencies: ["0002_a"], transaction: false });
      project.write("0004_j", index.replace("$", "2"), { dependencies: ["0003_i"], transaction: false });
      writeFileSync(
        join(project.migrationsDir, "0005_one.ts"),
        withFunctions("0005_one", "0004_j", "One").replace(
          "operations:",
          'statementTimeout: "1h", codeTimeout: "1m", operations:',
        ),
      );
      project.write("0006_b", add("b"), { dependencies: ["0005_one"] });
    });
    afterEach(() => project.dispose());

    test("becomes several, which say what the others said, and each database has the same", async () => {
      await up(project, { to: "0003_i" });
      const result = await squash(project, { all: true });
      const names = ["0001_squashed_0002_a", "0003_squashed_0004_j", "0005_squashed_0006_b"];
      expect([result.name, ...(result.further ?? []).map(({ name }) => name)]).toEqual(names);
      expect([result.proof, result.warnings]).toEqual([
        "database",
        [
          'the range becomes 3 migrations, and what is by itself stays as it is: "0003_i" runs outside a transaction, "0005_one" runs in a transaction',
        ],
      ]);
      const text = readFileSync(join(project.migrationsDir, "0005_squashed_0006_b.ts"), "utf8");
      expect(text).toContain('  statementTimeout: "1h",\n  codeTimeout: "1m",\n');
      expect(text).toContain('dependencies: ["0003_squashed_0004_j"]');
      expect(await up(project)).toEqual({
        applied: ["0004_j", "0005_squashed_0006_b"],
        recorded: names.slice(0, 2),
      });
      expect(await up(project)).toEqual({ applied: [] });
      const { removed } = await finishSquash(project, {});
      expect(removed).toHaveLength(6);
      expect(await down(project, { to: "zero" })).toEqual({ rolled_back: names.toReversed() });
      expect(await up(project)).toEqual({ applied: names });
      expect(await project.query("SELECT id, a, b FROM users")).toEqual([{ id: 7, a: "one-one", b: null }]);
    });

    test("writes no file where one is there", async () => {
      mkdirSync(join(project.migrationsDir, "0003_old_2.ts"));
      expect((await rejectionOf(squash(project, { all: true, name: "old" }))).code).toBe("file");
      expect(existsSync(join(project.migrationsDir, "0001_old.ts"))).toBe(false);
    });
  },
);

test("who may make no databases on MariaDB is told that only schemas were compared", async () => {
  const project = await createProject("mariadb");
  const small = `small_${process.pid}`;
  try {
    project.write("0001_users", users);
    project.write("0002_a", add("a"), { dependencies: ["0001_users"] });
    const url = new URL(project.database.url);
    await project.query(`CREATE USER ${small}@'%' IDENTIFIED BY 'pw'`);
    await project.query(`GRANT ALL ON ${url.pathname.slice(1)}.* TO ${small}@'%'`);
    [url.username, url.password] = [small, "pw"];
    const result = await squash({ ...project, database: { url: url.href } }, { all: true });
    expect([result.proof, result.warnings]).toEqual([
      "schema",
      [
        expect.stringMatching(
          /^only the schemas that .* not databases: no scratch database could be made: Access denied for user .*; name a user who may create databases in --url$/,
        ),
      ],
    ]);
  } finally {
    await project.query(`DROP USER IF EXISTS ${small}@'%'`);
    await project.dispose();
  }
});

test("a database that has other rows then is no proof, and the operations are not folded", async () => {
  const project = await createProject("sqlite");
  try {
    project.write("0001_users", users);
    // It says that it is about something else than it is about.
    project.write(
      "0002_rows",
      `runSQL({ forward: "INSERT INTO users (id) SELECT 1 WHERE 'a' NOT IN (SELECT name FROM pragma_table_info('users'))", touches: ["other"] })`,
      { dependencies: ["0001_users"] },
    );
    project.write("0003_a", add("a"), { dependencies: ["0002_rows"] });
    const result = await squash(project, { all: true });
    expect(result.operations).toHaveLength(3);
    expect(result.warnings).toEqual([
      'the operations are not folded, because with fewer a scratch database is not the same: "users" has 1 rows in one of them and 0 in the other',
    ]);
  } finally {
    await project.dispose();
  }
});

test("files that call one word by different things are not taken over", async () => {
  const project = await createProject("sqlite");
  try {
    project.write("0001_users", users);
    const file = (from: string, dependency: string): string =>
      `import { migration, runCode } from "godwit";\nimport { ${from} as short } from "godwit/text";\nexport default migration({ dependencies: ["${dependency}"], operations: [runCode({ forward: async () => void short("x"), backward: "" })] });\n`;
    writeFileSync(join(project.migrationsDir, "0002_x.ts"), file("slugify", "0001_users"));
    writeFileSync(join(project.migrationsDir, "0003_y.ts"), file("camelCase", "0002_x"));
    const error = await rejectionOf(squash(project, { all: true }));
    expect(error.message).toStartWith(
      'the functions of "0003_y" cannot be taken over: it calls "short" what "0002_x" imports otherwise',
    );
  } finally {
    await project.dispose();
  }
});
