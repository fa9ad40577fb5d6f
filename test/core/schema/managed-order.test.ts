import { expect, test } from "bun:test";
import { dependencyOrder, managedIn } from "../../../src/core/schema/managed-order.ts";
import { emptySchema, type ManagedObject, type View } from "../../../src/core/schema/model.ts";

const orderOf = (objects: readonly ManagedObject[], views: readonly View[] = []) =>
  dependencyOrder(managedIn({ ...emptySchema, objects, views })).map(({ id }) => id.replace(/[[\]"\\]/g, ""));

test("a trigger comes after its function, be it called the same", () => {
  const trigger = {
    kind: "trigger",
    name: "low",
    table: "users",
    definition: "CREATE TRIGGER low … EXECUTE FUNCTION low()",
  };
  const low = { kind: "function", name: "low()", definition: "CREATE FUNCTION low() RETURNS trigger AS $$ $$" };
  expect(orderOf([trigger, low])).toEqual(
    ["function,,low()", "trigger,users,low"].map((id) => expect.stringContaining(id.slice(0, 8))),
  );
});

test("views and functions come after what they call, and what only depends_on tells counts too", () => {
  const f = { kind: "function", name: "f()", definition: "CREATE FUNCTION f() LANGUAGE sql AS $$ SELECT * FROM b $$" };
  const views = [
    { name: "c", query: "SELECT 1", dependsOn: ["f"] },
    { name: "b", query: "SELECT * FROM a" },
    { name: "a", query: "SELECT 1" },
  ];
  expect(orderOf([f], views).map((id) => id.replace(/^function.*/, "f"))).toEqual(["view a", "view b", "f", "view c"]);
});
