import { describe, expect, test } from "bun:test";
import { ToolError } from "../../../src/core/errors.ts";
import { type Operation, parseOperation } from "../../../src/core/operations/index.ts";
import { conflictAdvice, conflictText } from "../../../src/core/plan/conflict-text.ts";
import { conflictsOf, refuseConflicts } from "../../../src/core/plan/conflicts.ts";
import { buildGraph } from "../../../src/core/plan/graph.ts";
import type { Migration } from "../../../src/core/plan/migration.ts";

const migration = (name: string, dependencies: readonly string[], ...operations: readonly object[]): Migration => ({
  name,
  dependencies,
  operations: operations.map((data): Operation => parseOperation(data)),
  replaces: [],
  transaction: true,
  checksum: name,
  file: `${name}.ts`,
});

const users = {
  kind: "createTable",
  name: "users",
  fields: [
    { name: "id", type: "serial", primaryKey: true },
    { name: "note", type: "text", nullable: true },
  ],
};
const field = (name: string): object => ({
  kind: "addField",
  table: "users",
  field: { name, type: "text", nullable: true },
});
const index = { kind: "addIndex", table: "users", index: { name: "by_note", fields: ["note"] } };
const drop = { kind: "dropField", table: "users", name: "note" };
const sql = { kind: "runSQL", forward: "SELECT 1", backward: "" };

describe("conflicts", () => {
  test("are there for neither one head nor heads that commute", () => {
    expect(conflictsOf(buildGraph([migration("1_a", [], users), migration("2_b", ["1_a"], drop)]))).toEqual([]);
    const fork = [
      migration("1_a", [], users),
      migration("2_b", ["1_a"], field("b")),
      migration("2_c", ["1_a"], field("c")),
    ];
    expect(conflictsOf(buildGraph(fork))).toEqual([]);
    expect(() => refuseConflicts(buildGraph(fork))).not.toThrow();
  });

  test("name the migrations, deep in their branches, and what both are about", () => {
    const graph = buildGraph([
      migration("1_a", [], users),
      migration("2_b", ["1_a"], drop),
      migration("3_b", ["2_b"], field("b")),
      migration("2_c", ["1_a"], field("c")),
      migration("3_c", ["2_c"], index),
    ]);
    const [conflict, ...more] = conflictsOf(graph);
    expect(more).toEqual([]);
    expect(conflict).toEqual({
      heads: ["3_b", "3_c"],
      migrations: ["2_b", "3_c"],
      objects: ['field "note" of "users"'],
      opaque: [],
    });
    const text = conflict && conflictText(conflict);
    expect(text).toBe('"2_b" and "3_c" conflict over field "note" of "users"');
  });

  test("are told of each pair of three heads", () => {
    const graph = buildGraph([
      migration("1_a", [], users),
      ...["2_b", "2_c", "2_d"].map((name) => migration(name, ["1_a"], field("same"))),
    ]);
    expect(conflictsOf(graph).map(({ heads }) => heads.join(" "))).toEqual(["2_b 2_c", "2_b 2_d", "2_c 2_d"]);
  });

  test("say whose SQL nobody knows, and what there is to do", () => {
    const graph = buildGraph([
      migration("1_a", [], users),
      migration("2_b", ["1_a"], field("b")),
      migration("2_sql", ["1_a"], sql),
    ]);
    const conflicts = conflictsOf(graph);
    expect(conflicts[0]?.opaque).toEqual(["2_sql"]);
    expect(conflictAdvice(conflicts)).toContain('the SQL or the code of "2_sql" touches');
    expect(
      conflictsOf(
        buildGraph([...graph.written.slice(0, 2), migration("2_sql", ["1_a"], { ...sql, touches: ["other"] })]),
      ),
    ).toEqual([]);
  });

  test("are there with what does not fit, which is nobody's error here", () => {
    const graph = buildGraph([
      migration("1_a", [], users),
      migration("2_b", ["1_a"], field("b")),
      migration("2_wrong", ["1_a"], { ...drop, name: "nothing" }),
    ]);
    expect(conflictsOf(graph)).toHaveLength(1);
  });
});

describe("a merge", () => {
  const fork = [
    migration("1_a", [], users),
    migration("2_b", ["1_a"], index),
    migration("3_b", ["2_b"], field("b")),
    migration("2_c", ["1_a"], sql),
    migration("3_c", ["2_c"], field("c")),
  ];
  const orderWith = (...more: readonly Migration[]): string =>
    buildGraph([...fork, ...more])
      .order.map(({ name }) => name)
      .join(" ");

  test("says by the order of its dependencies which branch runs first, all of it", () => {
    expect(orderWith()).toBe("1_a 2_b 2_c 3_b 3_c");
    expect(orderWith(migration("4_m", ["3_b", "3_c"]))).toBe("1_a 2_b 3_b 2_c 3_c 4_m");
    expect(orderWith(migration("4_m", ["3_c", "3_b"]))).toBe("1_a 2_c 3_c 2_b 3_b 4_m");
  });

  test("with operations of its own says nothing about it", () => {
    expect(orderWith(migration("4_m", ["3_c", "3_b"], field("d")))).toBe("1_a 2_b 2_c 3_b 3_c 4_m");
  });

  test("of a branch with what it grew from leaves the order alone", () => {
    expect(orderWith(migration("4_m", ["3_c", "2_c", "3_b"]))).toBe("1_a 2_c 3_c 2_b 3_b 4_m");
  });

  test("must not say the opposite of another", () => {
    const graph = (): unknown => orderWith(migration("4_m", ["3_b", "3_c"]), migration("4_n", ["3_c", "3_b"]));
    expect(graph).toThrow(ToolError);
    expect(graph).toThrow(/do not agree about which branch runs first/);
  });

  test("of merges, a branch inside of a branch", () => {
    const more = [
      migration("4_m", ["3_c", "3_b"]),
      migration("2_x", ["1_a"], field("x")),
      migration("5_m", ["2_x", "4_m"]),
    ];
    expect(orderWith(...more)).toBe("1_a 2_x 2_c 3_c 2_b 3_b 4_m 5_m");
  });
});
