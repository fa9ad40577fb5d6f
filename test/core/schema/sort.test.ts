import { describe, expect, test } from "bun:test";
import type { Table } from "../../../src/core/schema/model.ts";
import { sortTables } from "../../../src/core/schema/sort.ts";

const table = (name: string, ...targets: string[]): Table => ({
  name,
  fields: [],
  indexes: [],
  foreignKeys: targets.map((target) => ({
    name: `fk_${name}_${target}`,
    fields: [target],
    references: { table: target },
    onDelete: "RESTRICT",
    onUpdate: "NO ACTION",
  })),
});

function sorted(...tables: Table[]) {
  const { order, cut } = sortTables(tables);
  return { order: order.map((t) => t.name).join(" "), cut: cut.map((c) => c.foreignKey.name) };
}

describe("tables in foreign-key order", () => {
  test("what is referred to comes first, the rest stays as it was given", () => {
    expect(sorted(table("z"), table("child", "parent"), table("b"), table("parent"))).toEqual({
      order: "z parent child b",
      cut: [],
    });
  });

  test("a table may refer to itself and to tables that are not there", () => {
    expect(sorted(table("a", "a", "gone"))).toEqual({ order: "a", cut: [] });
  });

  test("a circle is cut in one place, the same for every run", () => {
    expect(sorted(table("a", "b"), table("b", "c"), table("c", "a"), table("d", "c"))).toEqual({
      order: "c b a d",
      cut: ["fk_c_a"],
    });
  });

  test("a borrowed type counts as a reference", () => {
    const borrower: Table = {
      ...table("a"),
      fields: [{ name: "b_id", type: "foreign_key", references: "b", nullable: true }],
    };
    expect(sorted(borrower, table("b")).order).toBe("b a");
  });

  test("a chain of ten thousand tables", () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => table(`t${i}`, `t${i + 1}`));
    expect(sortTables(chain).order[0]?.name).toBe("t9999");
  });
});
