import type { Row, Value } from "../../core/ddl/dialect.ts";

export type RowList = readonly Row[] & { readonly count?: number | null };

/** Sends a text as it is; `before` goes in front of it. */
export type Send = (text: string, parameters: readonly Value[], before?: string) => Promise<RowList>;

export interface Transaction {
  run(text: string, parameters?: readonly Value[]): Promise<RowList>;
  /** Sends a BEGIN that still waits for the statement after it. */
  started(): Promise<void>;
  begin(text: string): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Between `begin` and what ends it. */
  isOpen(): boolean;
}

/** A plain BEGIN goes with the statement after it, which is one round trip less for each migration. */
export function transactionOf(send: Send): Transaction {
  let open = false;
  let waiting = false;
  const run = (text: string, parameters: readonly Value[] = []): Promise<RowList> => {
    if (!waiting) return send(text, parameters);
    waiting = false;
    return parameters.length === 0 ? openWith(send, text) : send("BEGIN", []).then(() => send(text, parameters));
  };
  const end = async (text: string): Promise<void> => {
    open = false;
    await run(text);
  };
  return {
    run,
    started: async () => {
      if (!waiting) return;
      waiting = false;
      await send("BEGIN", []);
    },
    begin: async (text) => {
      open = true;
      waiting = text === "BEGIN";
      if (!waiting) await send(text, []);
    },
    commit: () => end("COMMIT"),
    rollback: async () => {
      if (!waiting) return end("ROLLBACK");
      open = waiting = false;
    },
    isOpen: () => open,
  };
}

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
