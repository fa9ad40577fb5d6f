import { expect, test } from "bun:test";
import { parseOperation } from "../../../src/core/operations/index.ts";
import { errorOf } from "../../helpers/tool-error.ts";

// valibot leaves such keys out of a record without a word, and with them the values of a column.
test("columns that are called like parts of every object keep their values", () => {
  const rows = [{ id: 1, constructor: "Ferrari", prototype: null }];
  const operation = { kind: "upsertData", table: "cars", keys: ["constructor"], rows } as const;
  expect(parseOperation(operation)).toEqual(operation as never);
  const defaults = { postgresql: { constructor: "'x'" } };
  expect(parseOperation({ kind: "setDefaults", defaults })).toEqual({ kind: "setDefaults", defaults } as never);
});

test("and are checked like any other", () => {
  const rows = [{ id: Number.NaN, constructor: Number.POSITIVE_INFINITY }];
  const { code, data } = errorOf(() =>
    parseOperation({
      kind: "upsertData",
      table: "cars",
      keys: ["id"],
      rows: rows.map(({ constructor: c }) => ({ constructor: c })),
    }),
  );
  expect({ code, path: data["path"] }).toEqual({ code: "params", path: "rows[0].constructor" });
  expect(errorOf(() => parseOperation({ kind: "upsertData", table: "cars", keys: ["id"], rows })).data["path"]).toBe(
    "rows[0].id",
  );
});
