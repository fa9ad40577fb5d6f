import { describe, expect, test } from "bun:test";
import { type DiffOptions, diff } from "../../../src/core/diff/index.ts";
import { lineageOf } from "../../../src/core/diff/lineage.ts";
import type { ToolError } from "../../../src/core/errors.ts";
import { parseOperation, titleOf } from "../../../src/core/operations/index.ts";
import { parseSchema } from "../../../src/runtime/schema-files.ts";

/** Tables as `name: field type, field type`; each has an `id` as well. */
const schema = (...tables: readonly string[]) => {
  const text = tables.map((line) => {
    const [name, list = ""] = line.split(":");
    const fields = list.split(",").filter((f) => f.trim() !== "");
    const entries = fields.map((f) => {
      const [field, type, from] = f.trim().split(" ");
      return `      - { name: ${field}, type: ${type}${from ? `, renamed_from: ${from}` : ""} }\n`;
    });
    return `  - name: ${name}\n    fields:\n      - { name: id, type: serial, primary_key: true }\n${entries.join("")}`;
  });
  return parseSchema(`tables:${tables.length === 0 ? " []" : ""}\n${text.join("")}`);
};

const compare = (before: readonly string[], after: readonly string[], options: DiffOptions = {}) => {
  const to = schema(...after);
  const found = diff(schema(...before).schema, to.schema, { renames: to.renames, ...options });
  return { ...found, titles: found.operations.map(titleOf) };
};

describe("hints", () => {
  test("for what never was are reported and the field is new", () => {
    const { titles, warnings, questions } = compare(["p"], ["p: title text name"]);
    expect(titles).toEqual(['add field "title" to "p"']);
    expect(warnings).toEqual([expect.stringContaining('renamed_from "name"')]);
    expect(questions).toEqual([]);
  });

  test("are silent once they are done, also when the old name is in use again", () => {
    expect(compare(["p: title text"], ["p: title text name"])).toMatchObject({ titles: [], warnings: [] });
    const lineage = lineageOf([
      parseOperation({ kind: "renameField", table: "p", from: "name", to: "title" }),
      parseOperation({ kind: "addField", table: "p", field: { name: "name", type: "text", nullable: true } }),
    ]);
    const both = ["p: title text, name text"];
    expect(compare(both, ["p: title text name, name text"], { lineage })).toMatchObject({ titles: [], warnings: [] });
  });

  test("that contradict what is there are ignored with a warning, for both may hold data", () => {
    const { titles, warnings } = compare(["p: a text, b text"], ["p: a text, b text a"]);
    expect(titles).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("both exist already")]);
  });

  test("of two fields on one old name are an error", () => {
    const claim = (to: string) => ({ table: "p", from: "a", to });
    const renames = { tables: [], fields: [claim("b"), claim("c")] };
    const error = failure(() => compare(["p: a text"], ["p: b text, c text"], { renames }));
    expect(error).toMatchObject({ code: "schema", message: expect.stringContaining('was "a"') });
  });
});

describe("lineage", () => {
  const rename = (from: string, to: string) => parseOperation({ kind: "renameField", table: "p", from, to });

  test("of a swap is known, so that it is not done twice", () => {
    const lineage = lineageOf([rename("a", "swap_1"), rename("b", "a"), rename("swap_1", "b")]);
    const swapped = ["p: a text, b text"];
    const declared = ["p: a text b, b text a"];
    expect(compare(swapped, declared).questions.map((q) => q.id)).toEqual(["p.a", "p.b"]);
    expect(compare(swapped, declared, { lineage })).toMatchObject({ titles: [], questions: [], warnings: [] });
  });

  test("follows a table under its new name and ends where a field is dropped", () => {
    const steps = [
      rename("a", "b"),
      parseOperation({ kind: "renameTable", from: "p", to: "q" }),
      parseOperation({ kind: "dropField", table: "q", name: "b" }),
    ];
    expect(lineageOf(steps.slice(0, 2)).fields.get("q")?.get("b")).toEqual(new Set(["a"]));
    expect(lineageOf(steps.slice(0, 2)).tables.get("q")).toEqual(new Set(["p"]));
    expect(lineageOf(steps).fields.get("q")?.has("b")).toBe(false);
  });
});

describe("questions", () => {
  test("name the likeliest old field first", () => {
    const { questions } = compare(["p: note text, email text"], ["p: email_address text"]);
    expect(questions).toMatchObject([{ id: "p.email_address", candidates: ["email", "note"] }]);
  });

  test("are asked about a junction table whose side was renamed", () => {
    const tables = (people: string) =>
      parseSchema(`tables:
  - name: ${people}
    fields:
      - { name: id, type: serial, primary_key: true }
      - { name: groups, type: many_to_many, many_to_many: { table: groups } }
  - name: groups
    fields: [{ name: id, type: serial, primary_key: true }]`).schema;
    const { questions } = diff(tables("users"), tables("accounts"), {
      answers: { renames: [{ table: "accounts", from: "users" }] },
    });
    expect(questions).toMatchObject([{ id: "accounts_groups", candidates: ["groups_users"] }]);
  });

  test("are not asked about what has nothing in common", () => {
    expect(compare(["p: a text"], ["p: b integer"]).questions).toEqual([]);
    expect(compare(["people: a text, b text, c text"], ["orders: x integer, y date, z json"]).questions).toEqual([]);
  });

  test("are not asked about what is only new or only gone", () => {
    expect(compare(["p: a text"], ["p: a text, b text"]).questions).toEqual([]);
    expect(compare(["p: a text, b text"], ["p: a text"]).questions).toEqual([]);
  });

  test("until they are answered the operations are those of a no", () => {
    const { titles } = compare(["p: a text"], ["p: b text"]);
    expect(titles).toEqual(['add field "b" to "p"', 'drop field "a" of "p"']);
  });

  test("are settled by one no for all", () => {
    expect(compare(["p: a text"], ["p: b text"], { answers: { noRenames: true } }).questions).toEqual([]);
  });

  test("answered with a field that is not there are an error", () => {
    const answers = { renames: [{ table: "p", field: "b", from: "zzz" }] };
    expect(failure(() => compare(["p: a text"], ["p: b text"], { answers })).code).toBe("usage");
  });
});

function failure(work: () => unknown): ToolError {
  try {
    work();
  } catch (error) {
    return error as ToolError;
  }
  throw new Error("it did not fail");
}
