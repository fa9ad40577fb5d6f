import { expect, test } from "bun:test";
import { csvRows, jsonRows } from "../../src/runtime/row-files.ts";

test("an empty field of CSV is NULL, and one in quotes an empty text", () => {
  const rows = csvRows("a.csv", 'id,"the name"\r\n1,\r\n2,""\r\n\r\n3,"x\ny, ""z"""\n');
  expect(rows).toEqual([
    { place: "line 2", values: { id: "1", "the name": null } },
    { place: "line 3", values: { id: "2", "the name": "" } },
    { place: "line 6", values: { id: "3", "the name": 'x\ny, "z"' } },
  ]);
});

test("a CSV text that is none is refused with the line", () => {
  const message = (text: string) => expect(() => csvRows("a.csv", text));
  message("").toThrow("a.csv: it is empty");
  message("a,a\n").toThrow('names "a" twice');
  message("a,\n").toThrow("one of the names is empty");
  message("a,b\n1,2\n1,2,3\n").toThrow("on line 3");
  message('a\n"open').toThrow("a.csv: Quote Not Closed");
});

test("rows of JSON keep what JSON says, and numbers that it cannot keep are refused", () => {
  const text = '[{"a": 1.5, "b": null, "c": {"d": [true]}, "e": "x"}, {"a": 9007199254740991, "b": 1e30}]';
  expect(jsonRows("a.json", text).map(({ values }) => values)).toEqual([
    { a: 1.5, b: null, c: { d: [true] }, e: "x" },
    { a: 9007199254740991, b: 1e30 },
  ]);
  const message = (text: string) => expect(() => jsonRows("a.json", text));
  message('[{"a": 12345678901234567890}]').toThrow('write it as a text, "12345678901234567890"');
  message('[{"a": {"deep": 0.123456789012345678}}]').toThrow("more digits");
  message('{"a": 1}').toThrow("not a list of rows");
  message("[1]").toThrow("row 1 is not an object");
  message("[").toThrow("a.json: JSON Parse error");
});
