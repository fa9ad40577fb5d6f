import { afterAll, beforeAll, expect, test } from "bun:test";
import { down } from "../../src/runtime/tasks/down.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

// An identity that begins at its start in a table with rows gives out numbers that are taken.

let project: TestProject;
beforeAll(async () => {
  project = await createProject("postgresql");
});
afterAll(() => project.dispose());

test("a field that becomes an identity goes on after its rows, and one below others after theirs", async () => {
  const note = `{ name: "note", type: "text" }`;
  project.write(
    "0001_first",
    `createTable({ name: "t", fields: [{ name: "id", type: "serial", primaryKey: true }, ${note}] }),
    createTable({ name: "above", fields: [${note}] }), createTable({ name: "below", inherits: ["above"], fields: [] }),
    runSQL({ forward: "INSERT INTO t (note) VALUES ('a'), ('b'); INSERT INTO above VALUES ('a'), ('b'); INSERT INTO below VALUES ('c')" })`,
  );
  project.write(
    "0002_second",
    `alterField({ table: "t", field: { name: "id", type: "integer", identity: { always: true } } }),
    addField({ table: "above", field: { name: "id", type: "bigint", identity: { always: true } } })`,
    { dependencies: ["0001_first"] },
  );
  await up(project);
  expect(await project.query("INSERT INTO t (note) VALUES ('c') RETURNING id")).toEqual([{ id: 3 }]);
  expect(await project.query("INSERT INTO above (note) VALUES ('d') RETURNING id::int")).toEqual([{ id: 4 }]);
});

test("a column that was there before its table came to inherit is numbered as those above are", async () => {
  const other = await createProject("postgresql");
  other.write(
    "0001_first",
    `createTable({ name: "above", fields: [{ name: "id", type: "bigserial", primaryKey: true, sequence: { start: 5 } }] }),
    createTable({ name: "below", inherits: ["above"], fields: [] })`,
  );
  other.write(
    "0002_second",
    `setInherits({ table: "below", inherits: [] }), alterField({ table: "below", field: { name: "id", type: "integer" } })`,
    { dependencies: ["0001_first"] },
  );
  await up(other);
  await down(other);
  expect((await drift(other)).changes).toEqual([]);
  await other.dispose();
});

test("numbers come from the topmost table to what inherits by way of another one, and came to at some time", async () => {
  const other = await createProject("postgresql");
  const heir = (name: string, above: string) => `createTable({ name: "${name}", inherits: ["${above}"], fields: [] })`;
  const inherits = (table: string, ...above: readonly string[]) =>
    `setInherits({ table: "${table}", inherits: ${JSON.stringify(above)} })`;
  other.write(
    "0001_first",
    `createTable({ name: "a", fields: [{ name: "id", type: "bigserial" }, { name: "n", type: "integer" }] }), ${heir("b", "a")}, ${heir("c", "b")}`,
  );
  const again = [inherits("b"), inherits("b", "a")];
  const steps = {
    "0002_end": [...again, inherits("c")],
    "0003_parted": [inherits("b")],
    "0004_joined": [inherits("c", "b"), inherits("b", "a")],
    "0005_dropped": [`dropField({ table: "a", name: "id" })`],
  };
  let last = "0001_first";
  for (const [name, operations] of Object.entries(steps)) {
    other.write(name, operations.join(", "), { dependencies: [last] });
    await up(other);
    expect([name, (await drift(other)).changes]).toEqual([name, []]);
    last = name;
  }
  await down(other, { to: "0001_first" });
  expect((await drift(other)).changes).toEqual([]);
  await other.dispose();
});
