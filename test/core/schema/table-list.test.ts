import { expect, test } from "bun:test";
import type { Table } from "../../../src/core/schema/model.ts";
import { extendList, findInList, letGrow } from "../../../src/core/schema/table-list.ts";

const table = (name: string): Table => ({ name, fields: [], indexes: [], foreignKeys: [] });
const many = Array.from({ length: 40 }, (_, i) => table(`t${i}`));

/** Often enough for the list to get an index. */
const ask = (list: readonly Table[]): void => {
  for (let n = 0; n < 20; n++) expect(findInList(list, "t1")).toBe(many[1]);
};

test("a table is found wherever it stands, and however often the list was asked", () => {
  for (let round = 0; round < 3; round++) for (const each of many) expect(findInList(many, each.name)).toBe(each);
  expect(findInList(many, "t40")).toBeUndefined();
});

test("a longer list has what is new, and the shorter one does not", () => {
  ask(many);
  const more = extendList(many, table("new"));
  expect(findInList(more, "new")).toBe(more[40]);
  expect(findInList(more, "t1")).toBe(many[1]);
  expect(findInList(many, "new")).toBeUndefined();
});

test("two lists made out of one know nothing of each other", () => {
  ask(many);
  const [left, right] = [extendList(many, table("same")), extendList(many, table("same"))];
  const further = extendList(right, table("further"));
  for (const list of [left, right, further]) ask(list);
  expect(findInList(left, "same")).toBe(left[40]);
  expect(findInList(right, "same")).toBe(right[40]);
  expect(findInList(further, "same")).toBe(right[40]);
  expect(findInList(left, "further")).toBeUndefined();
});

test("a list that may grow does so once, where it is, and finds what is new", () => {
  const own = extendList(many, table("first")) as Table[];
  ask(own);
  letGrow(own);
  expect(extendList(own, table("second"))).toBe(own);
  expect(findInList(own, "second")).toBe(own[41]);
  expect(extendList(own, table("third"))).toHaveLength(43);
  expect(own).toHaveLength(42);
  expect(many).toHaveLength(40);
});

test("a list that grows takes nothing from another one that was made out of it", () => {
  const own = extendList(many, table("first"));
  ask(own);
  const other = extendList(own, table("other"));
  letGrow(own);
  extendList(own, table("second"));
  for (const list of [own, other]) ask(list);
  expect(findInList(own, "other")).toBeUndefined();
  expect(findInList(own, "second")).toBe(own[41]);
  expect(findInList(other, "other")).toBe(other[41]);
  expect(findInList(other, "second")).toBeUndefined();
});
