import { describe, expect, test } from "bun:test";
import { chooseTool } from "../../../src/core/convert/choose.ts";
import { converted, sources } from "../../helpers/convert.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const operations = (text = ""): string => /operations: \[\n([\s\S]*) {2}\],\n\}\);\n$/.exec(text)?.[1] ?? text;

describe("TypeScript", () => {
  test("each migration depends on the one before it, in the tool's order", () => {
    const files = converted({ "9_a.up.sql": "A", "10_b.up.sql": "B", "11_c.up.sql": "C" });
    expect(Object.keys(files)).toEqual(["9_a.ts", "10_b.ts", "11_c.ts"]);
    expect(files["9_a.ts"]).not.toContain("dependencies");
    expect(files["11_c.ts"]).toContain('dependencies: ["10_b"]');
  });

  test("BEGIN and COMMIT around all of it go, and comments stay", () => {
    const files = converted({ "1_a.up.sql": "-- why it is so\nBEGIN;\nSELECT 1; -- x\nSELECT 2;\nCOMMIT;\n-- end\n" });
    expect(operations(files["1_a.ts"])).toContain("`-- why it is so\n\nSELECT 1; -- x\nSELECT 2;\n\n-- end`");
    expect(files["1_a.ts"]).not.toContain("transaction");
  });

  test("a transaction in the middle is one operation, and the others stand alone", () => {
    const files = converted({ "1_a.up.sql": "BEGIN; A; B; COMMIT; C; D", "1_a.down.sql": "E; F" });
    expect(files["1_a.ts"]).toContain("transaction: false");
    const [up, down] = [/forward: "(.*?)"/g, /backward: "(.*?)"/g].map((pattern) =>
      [...(files["1_a.ts"] ?? "").matchAll(pattern)].map(([, sql]) => sql),
    );
    expect(up).toEqual(["BEGIN; A; B; COMMIT", "C", "D"]);
    // Taken back from the last to the first.
    expect(down).toEqual(["", "F", "E"]);
  });

  test("statements that cannot be in a transaction get an operation of their own", () => {
    const files = converted({ "1_a.up.sql": "A;\nCREATE INDEX CONCURRENTLY i ON a (b);\n" });
    expect([...(files["1_a.ts"] ?? "").matchAll(/forward: "(.*?)"/g)].map(([, sql]) => sql)).toEqual([
      "A",
      "CREATE INDEX CONCURRENTLY i ON a (b)",
    ]);
  });

  test("one direction without a transaction makes it SQL files", () => {
    const files = converted({ "1_a.sql": "-- migrate:up transaction:false\nVACUUM;\n-- migrate:down\nB;\n" });
    expect(files).toEqual({
      "1_a.up.sql": "-- converted from: dbmate 1\n-- transaction: false\nVACUUM;\n",
      "1_a.down.sql": "B;\n",
    });
  });

  test("backticks, dollars and backslashes in SQL stay what they are", () => {
    const sql = "SELECT '`${x}`\\n' AS a_long_enough_line_of_sql,\n  $$a$$;";
    const [, text = ""] = /forward: (`[\s\S]*`)/.exec(converted({ "1_a.up.sql": sql })["1_a.ts"] ?? "") ?? [];
    expect(Function(`return ${text}`)()).toBe(sql);
  });
});

describe("SQL files", () => {
  test("names that sort otherwise than the tool say what they depend on", () => {
    const files = converted({ "9_b.sql": "-- migrate:up\nB;\n", "10_a.sql": "-- migrate:up\nA;\n" }, "sql");
    expect(files["10_a.up.sql"]).toBe("-- converted from: dbmate 10\n-- dependencies:\nA;\n");
    expect(files["9_b.up.sql"]).toBe("-- converted from: dbmate 9\n-- dependencies: 10_a\nB;\n");
  });

  test("comments that godwit would take for settings are kept apart", () => {
    const files = converted({ "1_a.up.sql": "-- depends: on nothing\nA;\n", "2_b.up.sql": "-- plain\nB;\n" }, "sql");
    expect(files["1_a.up.sql"]).toBe(
      "-- converted from: golang-migrate 1\n/* as it was: */\n-- depends: on nothing\nA;\n",
    );
    expect(files["2_b.up.sql"]).toBe("-- converted from: golang-migrate 2\n-- plain\nB;\n");
  });
});

describe("what is there already", () => {
  const existing = [{ name: "1_a", convertedFrom: [{ tool: "golang-migrate", id: "1" }] }, { name: "2_own" }];

  test("what was converted before is left out, and the next depends on it", () => {
    const files = converted({ "1_a.up.sql": "A", "3_b.up.sql": "B" }, "ts", { existing, heads: ["2_own"] });
    expect(Object.keys(files)).toEqual(["3_b.ts"]);
    expect(files["3_b.ts"]).toContain('dependencies: ["1_a"]');
  });

  test("without any of it, the first depends on all heads", () => {
    const files = converted({ "3_b.up.sql": "B" }, "ts", { existing, heads: ["1_a", "2_own"] });
    expect(files["3_b.ts"]).toContain('dependencies: ["1_a", "2_own"]');
  });

  test("a name that is taken is refused", () => {
    const { message } = errorOf(() => converted({ "2_own.up.sql": "B" }, "ts", { existing }));
    expect(message).toContain('db/2_own.up.sql would become "2_own"');
  });
});

test("files that two tools may have written are not guessed", () => {
  const { message } = errorOf(() => chooseTool(undefined, sources({ "1_a.up.sql": "", "2_b.sql": "-- +goose Up\n" })));
  expect(message).toBe("the files may be of golang-migrate or of goose; say which with --from");
});
