import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildBinary } from "../../src/build/binary.ts";
import { migration } from "../helpers/container-story.ts";
import { mariadbServer } from "../helpers/mariadb-server.ts";
import { testInNamespaces } from "../helpers/namespaces.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { type Windows, type WindowsRun, windows } from "../helpers/wine.ts";

// The executable for Windows, run by Wine: what it does with disks, backslashes and line ends of Windows. `npm run test:long` only: Wine takes 1.5 GB.

const refusal = ((): string | undefined => {
  if (process.env["GODWIT_TEST_LONG"] === undefined) return "npm run test:long runs it";
  if (process.arch !== "x64" || process.platform !== "linux") return "needs Linux on x64";
  try {
    windows().remove();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
})();

if (refusal === undefined) describe("windows-x64", story);
else test.skipIf(true)(`windows-x64 (${refusal})`, () => undefined);

/** A migration that only the compiler and the sandbox can make something of. */
const computed = `import { createTable, migration, runCode } from "godwit";
const names: readonly string[] = ["b", "c"];
export default migration({
  dependencies: ["0001_a"],
  operations: [
    ...names.map((name) => createTable({ name, fields: [{ name: "id", type: "integer", primaryKey: true }] })),
    runCode({
      forward: async (db) => {
        for (const row of await db.query("SELECT id FROM a")) await db.execute("INSERT INTO b (id) VALUES (?)", [row.id]);
      },
      backward: async (db) => { await db.execute("DELETE FROM b"); },
    }),
  ],
});
`;

function story(): void {
  let disk: Windows;
  let project: string;
  beforeAll(async () => {
    disk = windows();
    await buildBinary({ outfile: join(disk.folder, "godwit.exe"), target: "bun-windows-x64" });
  }, 120_000);
  afterAll(() => disk.remove());
  beforeEach(() => {
    project = mkdtempSync(join(disk.folder, "pro ject-"));
  });
  afterEach(() => rmSync(project, { recursive: true }));

  const directory = () => project.slice(disk.folder.length + 1);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  const godwit = (words: string, env: WindowsRun["env"] = {}) =>
    disk.run("godwit.exe", words.split(" "), { directory: directory(), env });
  /** What it prints, where it succeeds. */
  async function output(words: string, env: WindowsRun["env"] = {}): Promise<string> {
    const { stdout, stderr, exitCode } = await godwit(words, env);
    expect({ words, exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ words, exitCode: 0, stderr: "" });
    return stdout;
  }
  const windowsTest = (name: string, work: () => Promise<void>) => testInNamespaces(name, work, 180_000);

  windowsTest("a project from nothing", async () => {
    expect(JSON.parse(await output("version --json"))).toMatchObject({ target: "windows-x64", platform: "win32-x64" });
    await output("init");
    expect(await output("generate")).toStartWith("created migrations/0001_initial.ts\n");
    expect(await output("migrate up")).toBe("1 migration applied\n");
    expect(JSON.parse(await output("migrate status --json"))).toMatchObject({ applied: 1, pending: 0 });
    expect(await output("schema validate")).toBe("the schema is valid: 1 table, 4 fields in schema/schema.yaml\n");
    expect(JSON.parse(await output("doctor --json"))).toMatchObject({ warnings: 0, faults: 0 });
    for (const words of ["migrate check", "schema drift", "migrate showsql", "compile", "migrate down"])
      await output(words);
  });

  windowsTest("paths of Windows name SQLite databases", async () => {
    write("migrations/0001_a.ts", migration);
    mkdirSync(join(project, "sub"));
    const here = `C:\\work\\${directory()}`;
    const slashes = encodeURI(here.replaceAll("\\", "/"));
    const urls = [`${here}\\1.db`, `sqlite:${slashes}/2.db`, `sqlite:///${slashes}/3.db`, `file:///${slashes}/4.db`];
    for (const DATABASE_URL of [...urls, "sub\\5.db", "sqlite:.\\6.db"])
      expect(await output("migrate up", { DATABASE_URL })).toBe("1 migration applied\n");
    for (const file of ["1.db", "2.db", "3.db", "4.db", "sub/5.db", "6.db"])
      expect({ file, exists: existsSync(join(project, file)) }).toEqual({ file, exists: true });
    const missing = await godwit("migrate up", { DATABASE_URL: `${here}\\none\\7.db` });
    expect(missing.stderr).toContain(`the directory "${here}\\none" does not exist`);
  });

  windowsTest(
    "the sandbox compiles, runs code between database and migration, and ends what does not end",
    async () => {
      write("migrations/0001_a.ts", migration);
      write("migrations/0002_b.ts", computed);
      expect(await output("migrate up")).toBe("2 migrations applied\n");
      expect(await output("migrate down --to base")).toBe("2 migrations rolled back\n");
      write("migrations/0003_c.ts", "for (;;) {}\n");
      const endless = await godwit("migrate up");
      expect(endless.stderr).toStartWith("error: migrations/0003_c.ts:1:1: the migration ran longer than 2 s");
      write("migrations/0003_c.ts", 'import fs from "fs";\nfs();\n');
      expect((await godwit("migrate up")).stderr).toStartWith(
        'error: migrations/0003_c.ts:1:1: module "fs" is not in the',
      );
    },
  );

  windowsTest("line ends of Windows change nothing", async () => {
    await output("init");
    await output("generate");
    await output("migrate up");
    for (const file of ["migrations/0001_initial.ts", "schema/schema.yaml", "godwit.yaml"])
      write(file, readFileSync(join(project, file), "utf8").replaceAll("\n", "\r\n"));
    expect(await output("generate --check")).toContain("no changes");
    expect(JSON.parse(await output("migrate status --json")).tracks[0].migrations[0].state).toBe("applied");
  });

  windowsTest("what is included and where migrations lie may be said with backslashes", async () => {
    write(
      "godwit.yaml",
      "migrations: db\\migrations\ndatabase:\n  url: sqlite:app.db\nschema: db\\schema\\main.yaml\n",
    );
    write("db/schema/main.yaml", "include: ['..\\shared\\users.yaml']\n");
    write(
      "db/shared/users.yaml",
      "tables:\n  - name: users\n    fields: [{ name: id, type: serial, primary_key: true }]\n",
    );
    expect(await output("generate")).toStartWith("created db/migrations/0001_initial.ts\n");
    expect(await output("migrate up")).toBe("1 migration applied\n");
  });

  windowsTest("a bundle works in an empty directory", async () => {
    write("migrations/0001_a.ts", migration);
    write("migrations/0002_b.ts", computed);
    expect(await output("bundle --out app-migrate.exe")).toStartWith(
      "wrote app-migrate.exe: 2 migrations, windows-x64, ",
    );
    mkdirSync(join(project, "empty"));
    const options = { directory: join(directory(), "empty"), env: { DATABASE_URL: "app.db" } };
    const { stdout, exitCode } = await disk.run(`${directory()}\\app-migrate.exe`, ["up"], options);
    expect({ stdout, exitCode }).toEqual({ stdout: "2 migrations applied\n", exitCode: 0 });
  });

  for (const [title, server] of [
    ["PostgreSQL", postgresServer],
    ["MariaDB", mariadbServer],
  ] as const) {
    windowsTest(`${title}, over TCP`, async () => {
      write("migrations/0001_a.ts", migration);
      const database = await (await server()).createDatabase();
      try {
        const env = { DATABASE_URL: database.url };
        expect(await output("migrate up", env)).toBe("1 migration applied\n");
        expect(await output("migrate up", env)).toBe("nothing to apply\n");
        expect(await output("migrate down", env)).toBe("1 migration rolled back\n");
      } finally {
        await database.drop();
      }
    });
  }
}
