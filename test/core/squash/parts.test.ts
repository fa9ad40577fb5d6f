import { describe, expect, test } from "bun:test";
import { parseOperation } from "../../../src/core/operations/index.ts";
import { buildGraph } from "../../../src/core/plan/graph.ts";
import type { Migration } from "../../../src/core/plan/migration.ts";
import { squashContents } from "../../../src/core/squash/contents.ts";
import { squashParts } from "../../../src/core/squash/parts.ts";
import { squashRange } from "../../../src/core/squash/range.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const sql = (forward: string, elidable?: true) =>
  parseOperation({ kind: "runSQL", forward, ...(elidable && { elidable }) });

const apart: Partial<Migration> = { transaction: false };
const code = (limits?: { readonly timeMs?: number; readonly memoryMiB?: number }): Partial<Migration> => ({
  code: { hash: "", source: "", modules: {}, ...(limits && { limits }) },
});

/** Migrations called 1, 2, 3 …, each behind the other. */
const chain = (...all: readonly Partial<Migration>[]): readonly Migration[] =>
  all.map((more, i) => ({
    name: String(i + 1),
    dependencies: i === 0 ? [] : [String(i)],
    operations: [sql("SELECT 1")],
    replaces: [],
    transaction: true,
    checksum: "",
    file: `${i + 1}.ts`,
    ...more,
  }));

const cut = (migrations: readonly Migration[], words?: string) =>
  squashParts(squashRange(buildGraph(migrations), {}), words);

/** Each part as its name, what it stands for and what it depends on. */
const shape = (...all: readonly Partial<Migration>[]): readonly string[] =>
  cut(chain(...all)).parts.map(
    ({ name, replaces, dependencies }) => `${name}: ${replaces.join("+")} < ${dependencies.join(",")}`,
  );

describe("a range is cut", () => {
  test("where the transaction changes, and what is by itself stays", () => {
    expect(shape({}, {}, apart, {}, {})).toEqual(["1_squashed_2: 1+2 < ", "4_squashed_5: 4+5 < 3"]);
    expect(shape({}, {}, apart, apart)).toEqual(["1_squashed_2: 1+2 < ", "3_squashed_4: 3+4 < 1_squashed_2"]);
    const { parts, reasons } = cut(chain({}, {}, apart, apart));
    expect(parts.map(({ transaction }) => transaction)).toEqual([true, false]);
    expect(reasons).toEqual(['"3" runs outside a transaction']);
  });
  test("not by one that does nothing, such as a merge", () => {
    expect(shape(apart, { operations: [] }, apart)).toEqual(["1_squashed_3: 1+2+3 < "]);
  });
  test("where two say different times, and not where one says none", () => {
    const slow = { limits: { statementMs: 7_200_000 } };
    expect(cut(chain({}, slow, {})).parts.map(({ limits }) => limits)).toEqual([{ statementMs: 7_200_000 }]);
    const { parts, reasons } = cut(chain(slow, { limits: { lockMs: 5 } }, { limits: { statementMs: 1 } }, {}));
    expect(parts.map(({ limits }) => limits)).toEqual([{ statementMs: 7_200_000, lockMs: 5 }, { statementMs: 1 }]);
    expect(reasons).toEqual(['"3" has a statementTimeout of its own']);
  });
  test("around SQL files whose two ways differ", () => {
    const up = { file: "1.up.sql", line: 1, transaction: true };
    const ways = (one: object, other: object): Partial<Migration> => ({
      sql: { up: { ...up, ...one }, down: { ...up, ...other }, wayBack: "" },
    });
    expect(shape({}, {}, ways({}, { transaction: false }), {}, {})).toHaveLength(2);
    expect(shape({}, {}, ways({ limits: { lockMs: 1 } }, { limits: { lockMs: 2 } }), {}, {})).toHaveLength(2);
    expect(cut(chain({}, ways({ limits: { lockMs: 1 } }, {}))).parts[0]?.limits).toEqual({ lockMs: 1 });
    expect(cut(chain(apart, ways({ transaction: false }, { transaction: false }))).parts[0]?.transaction).toBe(false);
  });
  test("into names that are told apart", () => {
    expect(cut(chain({}, {}, apart, apart), "old times").parts.map(({ name }) => name)).toEqual([
      "1_old_times",
      "3_old_times_2",
    ]);
  });
  test("and refused where nothing is left together", () => {
    expect(errorOf(() => cut(chain({}, apart, {}))).message).toBe(
      'no two neighbours of the range can be one migration: "2" runs outside a transaction, "3" runs in a transaction; say the same in them, or squash a range that has more',
    );
  });
});

test("functions may take what any of them may, and what is usual is not said", () => {
  const limits = (...all: readonly Partial<Migration>[]) => cut(chain(...all)).parts[0]?.codeLimits;
  expect(limits({}, {})).toBeUndefined();
  expect(limits(code({ timeMs: 1000 }), code())).toBeUndefined();
  expect(limits(code({ timeMs: 1000 }), code({ timeMs: 2000 }))).toEqual({ timeMs: 2000 });
  expect(limits(code({ timeMs: 60_000, memoryMiB: 16 }), code(), {})).toEqual({ timeMs: 60_000 });
  expect(limits(code({ memoryMiB: 128 }), {})).toEqual({ memoryMiB: 128 });
});

test("operations that may go are left out", () => {
  const [one] = chain({ operations: [sql("SELECT 1", true), sql("SELECT 2")] });
  expect(squashContents(one ? [one] : []).operations).toEqual([sql("SELECT 2")]);
});
