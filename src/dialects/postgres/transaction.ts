import type { Row, Value } from "../../core/ddl/dialect.ts";

export type RowList = readonly Row[] & { readonly count?: number | null };

/** Sends a text as it is; `before` goes in front of it. */
export type Send = (text: string, parameters: readonly Value[], before?: string) => Promise<RowList>;

export interface Transaction {
  run(text: string, parameters?: readonly Value[]): Promise<RowList>;
  /** Sends a statement; what comes after it rejects with its error, whether or not somebody looks at this answer. */
  ahead(text: string): Promise<void>;
  /** Sends the COMMIT that `commit` then waits for. */
  commitAhead(): void;
  /** Runs whole transactions that are sent as one text; after the first error, the server leaves out the rest of it. Gives the rows of all. */
  several(list: readonly (readonly string[])[]): Promise<readonly Row[]>;
  /** Sends a BEGIN that still waits for the statement after it, and waits for what was sent ahead. */
  started(): Promise<void>;
  begin(text: string): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Between `begin` and what ends it. */
  isOpen(): boolean;
}

/**
 * A plain BEGIN goes with the statement after it, which is one round trip less for each migration. What is sent ahead saves one more: where it fails, the server
 * refuses what follows, and a COMMIT becomes a ROLLBACK.
 */
export function transactionOf(send: Send): Transaction {
  let [open, waiting, committing] = [false, false, false];
  const ahead = aheadOf(send);
  const sendNow = (text: string, parameters: readonly Value[]): Promise<RowList> => {
    if (!waiting) return send(text, parameters);
    waiting = false;
    return parameters.length === 0 ? openWith(send, text) : send("BEGIN", []).then(() => send(text, parameters));
  };
  const run = async (text: string, parameters: readonly Value[] = []): Promise<RowList> => {
    const result = sendNow(text, parameters);
    result.catch(() => undefined);
    await ahead.done();
    return result;
  };
  const sendAhead = (text: string): Promise<void> => {
    const first = waiting;
    waiting = false;
    return first ? ahead.addFirst(text) : ahead.add(text);
  };
  return {
    run,
    ahead: sendAhead,
    commitAhead: () => {
      void sendAhead("COMMIT");
      committing = true;
    },
    several: (list) => severalIn(send, list),
    started: async () => {
      if (waiting) await send("BEGIN", []);
      waiting = false;
      await ahead.done();
    },
    begin: async (text) => {
      open = true;
      waiting = text === "BEGIN";
      if (!waiting) await send(text, []);
    },
    commit: async () => {
      open = false;
      if (committing) await ahead.done();
      else await run("COMMIT");
      committing = false;
    },
    rollback: async () => {
      await ahead.done().catch(() => undefined);
      // After a COMMIT that failed, nothing is open any more.
      if (!waiting && open && !committing) await run("ROLLBACK");
      open = waiting = committing = false;
    },
    isOpen: () => open,
  };
}

async function severalIn(send: Send, list: readonly (readonly string[])[]): Promise<readonly Row[]> {
  const text = list.map((statements) => ["BEGIN", ...statements, "COMMIT"].join(";\n")).join(";\n");
  try {
    return rowsOfAll(await send(text, []));
  } catch (error) {
    await send("ROLLBACK", []).catch(nothing);
    throw error;
  }
}

/** What godwit says to limit a transaction. */
const parses = /^SET LOCAL \w+ = \d+$/;

/** What was sent and not waited for. */
function aheadOf(send: Send) {
  let answers: Promise<unknown> | undefined;
  const add = (text: string): Promise<void> => {
    const answer = send(text, []).then(nothing);
    answers = Promise.all([answers, answer]);
    answers.catch(nothing);
    return answer;
  };
  return {
    add,
    /** With BEGIN before it; by itself, because in one text with what does not parse it would be lost, and what is sent next in no transaction. */
    addFirst: (text: string): Promise<void> => {
      if (parses.test(text)) return add(`BEGIN;\n${text}`);
      void add("BEGIN");
      return add(text);
    },
    /** Rejects with the first error. */
    done: async (): Promise<void> => {
      const waited = answers;
      answers = undefined;
      await waited;
    },
  };
}

const nothing = (): void => undefined;

async function openWith(send: Send, text: string): Promise<RowList> {
  try {
    return withoutFirst(await send(text, [], "BEGIN;\n"));
  } catch (error) {
    // Of a text that cannot be parsed nothing was carried out; but whoever began a transaction will roll it back.
    await send("BEGIN", []).catch(() => undefined);
    throw error;
  }
}

/** Of a text that gives rows, each statement has a result of its own; one that gives none leaves nothing before the next. */
function withoutFirst(results: RowList): RowList {
  const [first, second, ...others] = results as readonly unknown[];
  if (!Array.isArray(first)) return results;
  return others.length === 0 ? (second as RowList) : (results.slice(1) as RowList);
}

/** Of a text with several statements that give rows, a list of lists; of one, the rows themselves. */
const rowsOfAll = (results: RowList): readonly Row[] => (results as readonly (Row | readonly Row[])[]).flat();
