import { describe, expect, test } from "bun:test";
import { marked, quoteQualified } from "../../../src/core/ddl/qualified.ts";
import { apply, type Operation } from "../../../src/core/operations/index.ts";
import { emptySchema, type Schema } from "../../../src/core/schema/model.ts";
import { foreignKeyName } from "../../../src/core/schema/names.ts";
import { behindNamespace, qualifiedName } from "../../../src/core/schema/namespaces.ts";
import { mentions } from "../../../src/core/schema/sql-text.ts";
import { parseSchema } from "../../../src/runtime/schema-files.ts";

const read = (yaml: string) => parseSchema(yaml, "schema.yaml");
const problemsOf = (yaml: string): string => {
  try {
    read(yaml);
    return "none";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("a name", () => {
  test("is in a namespace when its first part is one, and something is behind it", () => {
    expect(qualifiedName("audit.events", ["audit"])).toEqual({ namespace: "audit", name: "events" });
    expect(qualifiedName("audit.a.b", ["audit", "a"])).toEqual({ namespace: "audit", name: "a.b" });
    expect(
      ["audit", "audit.", ".events", "Audit.events", "b.audit.c"].map((name) => qualifiedName(name, ["audit"])),
    ).toEqual(Array(5).fill(undefined));
    expect(qualifiedName("audit.events", [])).toBeUndefined();
  });

  test("is quoted part by part", () => {
    const quote = quoteQualified((name) => `"${name}"`);
    expect(quote(marked("audit.a.b", ["audit"]))).toBe('"audit"."a.b"');
    expect(quote(marked("audit.a.b", ["a"]))).toBe('"audit.a.b"');
  });

  test("gives constraints what is behind its first dot", () => {
    expect(["audit.events", "a.b.c", "events", ".x", "x."].map(behindNamespace)).toEqual([
      "events",
      "b.c",
      "events",
      ".x",
      "x.",
    ]);
    expect(foreignKeyName("audit.events", ["user_id"])).toBe("fk_events_user_id");
  });

  test("is mentioned where its parts stand together", () => {
    const sql = `SELECT * FROM audit.events, "Audit"."Odd one", AUDIT . "plain"`;
    expect(["audit.events", "Audit.Odd one", "audit.plain"].map((name) => mentions(sql, name))).toEqual([
      true,
      true,
      true,
    ]);
    expect(["audit.other", "events.audit", "x.events"].map((name) => mentions(sql, name))).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("a schema file", () => {
  test("declares namespaces by name, or with a description", () => {
    const { schema } = read("namespaces: [b, { name: a, comment: it's a }, 1]\ntables: []");
    expect(schema.namespaces).toEqual([{ name: "b" }, { name: "a", comment: "it's a" }, { name: "1" }]);
  });

  test("hears of what is wrong with them", () => {
    expect(problemsOf("namespaces: [a.b]\ntables: []")).toBe(
      `schema.yaml:1:14: namespace: "a.b" has a dot in its name; what stands before a dot is a namespace already`,
    );
    expect(problemsOf("namespaces: [a, { name: a }]\ntables: []")).toContain(`"a" is declared twice in this file`);
    expect(problemsOf("namespaces: [{ comment: x }]\ntables: []")).toContain(`"name" is missing`);
    expect(problemsOf("namespaces: [[a]]\ntables: []")).toContain("must be a text, found a list");
    expect(problemsOf("enums: [{ name: a.mood, values: [x] }]\ntables: []")).toContain(
      `enum "a.mood": "a" is not declared; add it to the namespaces`,
    );
    expect(problemsOf("enums: [{ name: a.b.mood, values: [x] }]\ntables: []")).toContain(`"a.b.mood" is no plain name`);
  });

  test("may give one name to indexes in several namespaces, but not in one", () => {
    const table = (name: string) =>
      `  - { name: ${name}, fields: [{ name: id, type: integer }], indexes: [{ name: i, fields: [id] }] }`;
    const file = (...names: readonly string[]) => ["namespaces: [a, b]", "tables:", ...names.map(table)].join("\n");
    expect(problemsOf(file("a.t", "b.t", "t"))).toBe("none");
    expect(problemsOf(file("a.t", "a.u"))).toContain("cannot both exist");
  });

  test("is asked about a table that looks as if it were in one", () => {
    const { warnings } = read(
      "namespaces: [a]\ntables: [{ name: a.t, fields: [{ name: id, type: integer }] }, { name: b.t, fields: [{ name: id, type: integer }] }]",
    );
    expect(warnings.map(({ message }) => message)).toEqual([
      `table "b.t" has a dot in its name; if "b" is meant as a namespace, add it to those`,
    ]);
  });

  test("joins tables by one in the namespace that both are in", () => {
    const field = (to: string) => `{ name: others, type: many_to_many, many_to_many: { table: ${to} } }`;
    const table = (name: string, more = "") =>
      `  - { name: ${name}, fields: [{ name: id, type: serial, primary_key: true }${more}] }`;
    const file = [
      "namespaces: [a]",
      "tables:",
      table("a.x", `, ${field("a.y")}`),
      table("a.y", `, ${field("z")}`.replace("others", "zs")),
      table("z"),
    ];
    const { tables } = read(file.join("\n")).schema;
    expect(tables.slice(3).map(({ name, fields }) => [name, ...fields.map((f) => f.name)])).toEqual([
      ["a.x_y", "x_id", "y_id"],
      ["y_z", "y_id", "z_id"],
    ]);
  });
});

describe("operations", () => {
  const run = (schema: Schema, ...operations: readonly Operation[]): string => {
    try {
      operations.reduce((state, operation) => apply(state, operation), schema);
      return "fine";
    } catch (error) {
      return (error as Error).message;
    }
  };
  const t = { kind: "createTable", name: "a.t", fields: [{ name: "id", type: "integer" }] } as const;
  const a = { kind: "createNamespace", name: "a" } as const;

  test("make a namespace once, and not where something is called as if it were in it", () => {
    expect(run(emptySchema, a, a)).toBe(`namespace "a" exists already at this point`);
    expect(run(emptySchema, { ...t, fields: [...t.fields] }, a)).toBe(
      `"a.t" has a dot in its name, and would be in namespace "a" if there were one; rename it first`,
    );
    expect(run(emptySchema, { kind: "createEnum", name: "a.mood", values: ["x"] })).toBe(
      `enum "a.mood" is in a namespace that does not exist at this point`,
    );
  });

  test("drop a namespace only when it is empty", () => {
    const drop = { kind: "dropNamespace", name: "a" } as const;
    expect(run(emptySchema, a, drop)).toBe("fine");
    expect(run(emptySchema, drop)).toBe(`there is no namespace "a" at this point`);
    expect(run(emptySchema, a, { ...t, fields: [...t.fields] }, drop)).toContain(`"a.t"`);
    const f = {
      kind: "function",
      name: "a.f(integer)",
      definition: "CREATE FUNCTION a.f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    };
    expect(run(emptySchema, a, { kind: "createObject", object: f }, drop)).toContain(`"a.f(integer)"`);
  });
});
