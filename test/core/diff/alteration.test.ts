import { expect, test } from "bun:test";
import { alterationText } from "../../../src/core/diff/alteration.ts";
import { emptySchema, type Field } from "../../../src/core/schema/model.ts";

const text = (before: Omit<Field, "name">, after: Omit<Field, "name">): string =>
  alterationText(
    { schema: emptySchema, field: { name: "f", ...before } },
    { schema: emptySchema, field: { name: "f", ...after } },
  );

test("an altered field is told by what is different about it", () => {
  const varchar = { type: "varchar", length: 80, nullable: false };
  expect(text(varchar, { ...varchar, length: 40, nullable: true })).toBe("varchar(80) → varchar(40), NOT NULL → NULL");
  expect(text({ type: "decimal", precision: 8, scale: 2, nullable: true }, { type: "integer", nullable: true })).toBe(
    "decimal(8, 2) → integer",
  );
  expect(text(varchar, { ...varchar, default: "a" })).toBe("no default → default a");
  expect(text({ ...varchar, default: { sql: "now()" } }, { ...varchar, default: { value: "now" } })).toBe(
    "default now() → default 'now'",
  );
  expect(text({ ...varchar, default: "" }, varchar)).toBe("default '' → no default");
  expect(text(varchar, { ...varchar, autoUpdate: true })).toBe("not set at updates → set at every update");
  expect(text(varchar, varchar)).toBe("");
});
