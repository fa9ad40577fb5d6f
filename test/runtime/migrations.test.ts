import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ToolError } from "../../src/core/errors.ts";
import type { Operation } from "../../src/core/operations/index.ts";
import { printMigration } from "../../src/core/plan/source.ts";
import { checksumOf } from "../../src/runtime/checksum.ts";
import { loadMigrations } from "../../src/runtime/migrations.ts";
import { parseMigration } from "../../src/runtime/parse-migration.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

const parse = (value: unknown) => parseMigration("0001_a", { path: "migrations/0001_a.ts", value });
const failureOf = (run: Promise<unknown>): Promise<ToolError> =>
  run.then(
    () => Promise.reject(new Error("accepted")),
    (e) => e,
  );

describe("parseMigration", () => {
  test.each([
    [null, "the default export is not a migration"],
    [[], "the default export is not a migration"],
    [{}, "operations: a migration needs a list"],
    [
      { operations: [], dependencys: [] },
      'dependencys: a migration has no "dependencys"; did you mean "dependencies"?',
    ],
    [{ operations: [], transaction: "no" }, "transaction: is not true or false"],
    [{ operations: [], dependencies: "0001" }, "dependencies: is not a list"],
    [
      { operations: [], dependencies: ["0000_a.ts"] },
      'dependencies[0]: a migration is named without its extension: "0000_a"',
    ],
    [{ operations: [], dependencies: ["a", "a"] }, 'dependencies[1]: "a" is listed twice'],
    [{ operations: [{ kind: "makeTable" }] }, "operations[0]: not an operation"],
    [
      {
        operations: [
          { kind: "dropTable", name: "t" },
          { kind: "dropTable", name: 1 },
        ],
      },
      "operations[1].name: ",
    ],
  ])("%j is refused with the file and the path", async (value, part) => {
    const error = await failureOf(parse(value));
    expect(error.code).toBe("migration");
    expect(error.message).toStartWith("migrations/0001_a.ts: ");
    expect(error.message).toContain(part);
  });

  test("the path leads into fields", async () => {
    const fields = [{ name: "a", type: "varchar", length: "x" }];
    const error = await failureOf(parse({ operations: [{ kind: "createTable", name: "t", fields }] }));
    expect(error.data["path"]).toBe("operations[0].fields[0].length");
  });

  test("the checksum is over what it does, not over what it waits for or in which order keys are written", async () => {
    const one = await parse({ operations: [{ kind: "dropTable", name: "t", schemaOnly: true }] });
    const two = await parse({
      dependencies: ["0000_x"],
      operations: [{ schemaOnly: true, name: "t", kind: "dropTable" }],
    });
    expect(two.checksum).toBe(one.checksum);
    expect(one.checksum).toMatch(/^[0-9a-f]{64}$/);
    const outside = await parse({ operations: one.operations, transaction: false });
    expect(outside.checksum).not.toBe(one.checksum);
    expect(checksumOf(one.operations, true)).toBe(one.checksum);
  });
});

describe("loadMigrations", () => {
  let project: TestProject;
  beforeEach(async () => {
    project = await createProject("sqlite");
  });
  afterEach(() => project.dispose());
  const load = (cache: "use" | "bypass" = "bypass") =>
    loadMigrations(project.migrationsDir, { root: project.root, cache });

  test("names, files and order come from the directory; declaration files are left alone", async () => {
    project.write("0002_b", "", { dependencies: ["0001_a"] });
    project.write("0001_a", 'runSQL({ forward: "SELECT 1" })', { transaction: false });
    writeFileSync(join(project.migrationsDir, "godwit.d.ts"), "export {};");
    writeFileSync(join(project.migrationsDir, "tsconfig.json"), "{}");
    expect(await load()).toMatchObject([
      {
        name: "0001_a",
        file: "migrations/0001_a.ts",
        transaction: false,
        operations: [{ kind: "runSQL", forward: "SELECT 1" }],
      },
      { name: "0002_b", dependencies: ["0001_a"], transaction: true, replaces: [] },
    ]);
    expect(await load("use")).toEqual(await load());
    expect(await loadMigrations(join(project.root, "none"), { cache: "use" })).toEqual([]);
  });

  test("a kept migration is the checked one, to the order of its members", async () => {
    const table = "{ fields: [{ type: 'text', name: 'a' }], name: 't' }";
    const rows = "{ table: 't', keys: ['a'], rows: [{ a: 9007199254740993n }, { a: new Uint8Array([1, 255]) }] }";
    project.write("0001_a", `createTable(${table}), upsertData(${rows})`);
    const fresh = await load();
    const kept = await load("use");
    const print = ({ operations }: { readonly operations: readonly Operation[] }): string =>
      printMigration({ dependencies: [], operations });
    expect(kept).toStrictEqual([...fresh]);
    expect(kept.map(print)).toEqual(fresh.map(print));
    expect(print(fresh[0] ?? { operations: [] })).toContain('{ name: "t", fields: [{ name: "a", type: "text" }] }');
  });

  test("a TypeScript file with another kind of name is not passed over in silence", async () => {
    writeFileSync(join(project.migrationsDir, "initial.ts"), "export default 1;");
    expect((await failureOf(load())).message).toContain("migrations/initial.ts is not named like a migration");
  });

  test("a wrong parameter is shown where the author wrote it", async () => {
    const text =
      'import { dropTable, migration } from "godwit";\n\nexport default migration({\n  operations: [\n    dropTable({ name: "", } as any),\n  ],\n});\n';
    writeFileSync(join(project.migrationsDir, "0001_a.ts"), text);
    const error = await failureOf(load());
    expect(error.message).toStartWith("migrations/0001_a.ts:5:");
    expect(error.data).toMatchObject({ file: "migrations/0001_a.ts", line: 5, path: "operations[0].name" });
  });
});
