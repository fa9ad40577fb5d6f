import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { lackingKinds } from "../../src/build/reference-abilities.ts";
import { ToolError } from "../../src/core/errors.ts";
import { definitions, invert, type Operation, riskOf } from "../../src/core/operations/index.ts";
import type { Schema } from "../../src/core/schema/model.ts";
import type { DialectSuite, Scratch } from "./dialect.ts";
import { holdRan } from "./ran.ts";
import { contents, makeSchema, plant, storyOf } from "./story.ts";

/** Operations that change rows by intention, and those whose loss of rows a rollback cannot make good. */
const changesRows = new Set(["setDatabases", "moveRows", "runCode", "runSQL", "upsertData", "deleteData"]);

/**
 * Every example of every operation, executed: up, compared with the catalog, down, compared, up again. A statement that the
 * dialect does not declare unsupported must work.
 */
export function operationSuite({
  dialect,
  engine,
  open,
  adapt = (example) => example,
  lacks = {},
}: DialectSuite): void {
  let scratch: Scratch;
  beforeEach(async () => {
    scratch = await open();
  });
  afterEach(() => scratch.close());
  const ran = { executed: new Set<string>(), refused: new Set<string>() };

  describe.each(definitions.map((d) => [d.kind, d] as const))("%s", (kind, definition) => {
    test.each(definition.examples.map((e) => [e.title, e] as const))("%s", async (name, written) => {
      const title = `${kind}: ${name}`;
      // As it is written, so that it is refused.
      const isLacking =
        (lacks.foreignKeys !== undefined && kind.endsWith("ForeignKey")) ||
        (lacks.numbering !== undefined && kind === "detachSequence");
      const example = isLacking ? written : adapt(written);
      const { database } = scratch;
      const operation = { kind, ...(example.params as object) } as Operation;
      const story = storyOf(database);
      if (!(await supported(story.up("0001_before", makeSchema(example.before))))) return void ran.refused.add(title);
      const before = story.state();
      await story.agrees();
      await plant(database, before, example.rows ?? {});
      const planted = await contents(database, before);

      if (!(await supported(story.up("0002_operation", [operation], example.source))))
        return void ran.refused.add(title);
      ran.executed.add(title);
      const after = "schemaOnly" in operation && operation.schemaOnly ? before : story.state();
      await story.agrees(after);
      if (!changesRows.has(kind)) expect(await rowCounts(scratch, after)).toEqual(survivors(planted, operation, after));

      if (!invert(operation, before)) {
        expect(await codeOf(story.down())).toBe("irreversible");
        return;
      }
      await story.down();
      await story.agrees();
      const lossless = riskOf(operation, before) === "safe" && !changesRows.has(kind);
      if (lossless) expect(await contents(database, before)).toEqual(planted);

      await story.up("0002_operation", [operation], example.source);
      await story.agrees(after);
    });
  });

  if (engine === undefined) return;
  test("what ran is what the documentation says", async () => {
    const examples = definitions.reduce((sum, definition) => sum + definition.examples.length, 0);
    // Some of them were left out by whoever runs the tests, or failed.
    if (ran.executed.size + ran.refused.size !== examples) return;
    const lacking = lackingKinds(dialect);
    expect([...ran.executed].map((title) => title.split(": ")[0] ?? "").filter((kind) => lacking.has(kind))).toEqual(
      [],
    );
    holdRan(dialect.name, engine, await scratch.database.driver.serverVersion());
  });
}

/** False when the dialect declared that it cannot; any other failure fails the test. */
async function supported(work: Promise<void>): Promise<boolean> {
  const code = await codeOf(work);
  if (code !== undefined && code !== "unsupported") await work;
  return code === undefined;
}

const codeOf = (work: Promise<void>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof ToolError ? error.code : Promise.reject(error)),
  );

async function rowCounts({ database }: Scratch, schema: Schema): Promise<Readonly<Record<string, number>>> {
  return countsOf(await contents(database, schema));
}

const countsOf = (rows: Readonly<Record<string, readonly unknown[]>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, list.length]));

/** Rows that must be there after an operation that changes the structure: all those of tables that still exist. */
function survivors(
  planted: Readonly<Record<string, readonly unknown[]>>,
  operation: Operation,
  after: Schema,
): Readonly<Record<string, number>> {
  const counts = countsOf(planted);
  const former = (name: string): string =>
    operation.kind === "renameTable" && name === operation.to ? operation.from : name;
  return Object.fromEntries(after.tables.map(({ name }) => [name, counts[former(name)] ?? 0]));
}
