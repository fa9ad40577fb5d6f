import { expect, test } from "bun:test";
import { identityOf, valueIn } from "../../../src/core/data/order.ts";

test("a row has nothing in a column that it does not name, whatever that is called", () => {
  for (const column of ["constructor", "toString", "__proto__", "nobody"]) {
    expect(valueIn({ id: 1 }, column)).toBeNull();
    expect(identityOf({ id: 1 }, [column])).toBe(identityOf({ id: 1, [column]: null }, [column]));
  }
  expect(valueIn({ constructor: "x" }, "constructor")).toBe("x");
});
