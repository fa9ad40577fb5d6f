import { BatchCond, type BatchStep, type HttpStream, type InStmt } from "@libsql/hrana-client";
import { type Found, foundOf, type Rows } from "./results.ts";

/** Statements that go out in one request; each is only run when the one before it went well. */
export interface Sequence {
  readonly statements: readonly InStmt[];
  /** Run when one of them failed; that it may have nothing to do is no failure. */
  readonly undo?: string;
  /** Run at the end, whatever became of the others. */
  readonly after?: readonly string[];
}

export interface SequenceOutcome {
  /** What the statements gave that went well. */
  readonly results: readonly Found[];
  /** Of the first that did not, with what the server said. */
  readonly failed?: { readonly index: number; readonly error: unknown };
}

/** Rejects only when the request as a whole got no answer. */
export async function runSequence(
  stream: HttpStream,
  { statements, undo, after = [] }: Sequence,
): Promise<SequenceOutcome> {
  const batch = stream.batch();
  const outcomes: Promise<Settled>[] = [];
  let last: BatchStep | undefined;
  for (const sql of statements) {
    const step = batch.step();
    if (last) step.condition(BatchCond.ok(last));
    outcomes.push(settled(step.query(sql)));
    last = step;
  }
  if (undo !== undefined && last)
    void settled(
      batch
        .step()
        .condition(BatchCond.not(BatchCond.ok(last)))
        .query(undo),
    );
  for (const sql of after) outcomes.push(settled(batch.step().query(sql)));
  try {
    await batch.execute();
  } catch (error) {
    const failed = await unreadable(stream, statements, error);
    // Before the first statement the server reads them all.
    if (failed) return { results: [], failed };
    throw error;
  }
  const results: Found[] = [];
  for (const [index, outcome] of (await Promise.all(outcomes)).entries()) {
    if ("error" in outcome) return { results, failed: { index, error: outcome.error } };
    if (outcome.found) results.push(outcome.found);
  }
  return { results: results.slice(0, statements.length) };
}

/** The first statement that the server's parser does not take; it says of a batch only that there is one. */
async function unreadable(
  stream: HttpStream,
  statements: readonly InStmt[],
  error: unknown,
): Promise<SequenceOutcome["failed"]> {
  if (!isAboutText(error)) return undefined;
  const reasons = await Promise.all(statements.map((sql) => reasonOf(onlyRead(stream, sql))));
  const index = reasons.findIndex(isAboutText);
  return index < 0 ? undefined : { index, error: reasons[index] };
}

/** The server reads the statement, and leaves it out. */
function onlyRead(stream: HttpStream, sql: InStmt): Promise<void> {
  const batch = stream.batch();
  const fine = batch.step();
  void fine.query("SELECT 1");
  void batch.step().condition(BatchCond.error(fine)).query(sql);
  return batch.execute();
}

const isAboutText = (error: unknown): boolean =>
  /^SQL_(?!INPUT_ERROR)/.test((error as { readonly code?: string } | undefined)?.code ?? "");

const reasonOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

type Settled = { readonly found: Found | undefined } | { readonly error: unknown };

/** Without a result: it was left out. */
const settled = (work: Promise<Rows | undefined>): Promise<Settled> =>
  work.then(
    (result) => ({ found: result && foundOf(result) }),
    (error: unknown) => ({ error }),
  );
