import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { storyOf } from "../conformance/story.ts";

let database: Database;
beforeEach(async () => {
  database = await openDatabase({ url: ":memory:" });
});
afterEach(() => database.close());

const keyless = { options: { sqlite: { without_rowid: "true" } } };
const notes = {
  kind: "createTable",
  name: "notes",
  fields: [
    { name: "place", type: "text" },
    { name: "line", type: "integer" },
    { name: "text", type: "text" },
    { name: "at", type: "timestamp", autoUpdate: true, default: { value: "2000-01-01 00:00:00" } },
  ],
  primaryKey: ["place", "line"],
  ...keyless,
};

/** The lines whose time an update of line 1 of two sets. */
async function touched(table: string, { place = "place", line = "line" } = {}): Promise<readonly unknown[]> {
  const { driver } = database;
  await driver.execute(`DELETE FROM ${table}`);
  await driver.execute(`INSERT INTO ${table} (${place}, ${line}, text) VALUES ('a', 1, 'x'), ('a', 2, 'x')`);
  await driver.execute(`UPDATE ${table} SET text = 'y' WHERE ${line} = 1`);
  const rows = await driver.query(`SELECT ${line} AS line FROM ${table} WHERE at <> '2000-01-01 00:00:00'`);
  return rows.map((row) => Number(row["line"]));
}

describe("a table without row numbers", () => {
  test("is kept by its key", async () => {
    await storyOf(database).up("0001", [notes]);
    expect(await touched("notes")).toEqual([1]);
  });

  const changes: Readonly<Record<string, readonly [operation: object, table: string, names?: object]>> = {
    "when a field of the key is renamed": [
      { kind: "renameField", table: "notes", from: "line", to: "no" },
      "notes",
      { line: "no" },
    ],
    "when the table is renamed": [{ kind: "renameTable", from: "notes", to: "lines" }, "lines"],
    "when the key changes": [{ kind: "alterPrimaryKey", table: "notes", fields: ["line"] }, "notes"],
    "when it gets numbers": [{ kind: "setTableOptions", table: "notes", options: {} }, "notes"],
    "when another field is kept too": [
      {
        kind: "addField",
        table: "notes",
        field: { name: "seen", type: "timestamp", nullable: true, autoUpdate: true },
      },
      "notes",
    ],
    "when a field is no longer nullable": [
      { kind: "alterField", table: "notes", field: { name: "text", type: "text", nullable: true } },
      "notes",
    ],
  };
  test.each(Object.entries(changes))("is kept there and back %s", async (_, [operation, table, names]) => {
    const story = storyOf(database);
    await story.up("0001", [notes]);
    await story.up("0002", [operation]);
    expect(await touched(table, names)).toEqual([1]);
    await story.down();
    expect(await touched("notes")).toEqual([1]);
  });

  test("is kept from when a field is to be set", async () => {
    const fields = notes.fields.map((field) => (field.name === "at" ? { ...field, autoUpdate: false } : field));
    const story = storyOf(database);
    await story.up("0001", [{ ...notes, fields }]);
    await story.up("0002", [{ kind: "alterField", table: "notes", field: notes.fields[3] }]);
    expect(await touched("notes")).toEqual([1]);
  });
});

describe("a table with a field that is called as the number of its rows", () => {
  const withField = (...names: readonly string[]) => ({
    ...notes,
    options: {},
    fields: [...notes.fields, ...names.map((name) => ({ name, type: "integer", default: 7 }))],
  });

  test("is kept by another name of the number", async () => {
    await storyOf(database).up("0001", [withField("_rowid_", "RowId")]);
    expect(await touched("notes")).toEqual([1]);
  });

  test("is kept by its key where all names are taken", async () => {
    await storyOf(database).up("0001", [withField("_rowid_", "rowid", "oid")]);
    expect(await touched("notes")).toEqual([1]);
  });

  test("is refused where it has no key either", async () => {
    const { primaryKey: _, ...rest } = withField("_rowid_", "rowid", "oid");
    await expect(storyOf(database).up("0001", [rest])).rejects.toThrow('nothing tells the rows of table "notes" apart');
  });
});
