import { functionMark } from "../../sandbox/host/decode.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Whether a migration, as it came out of the sandbox, has functions. */
export const hasFunctions = (value: unknown): boolean =>
  operationsIn(value).some((operation) => names.some((name) => operation[name] === functionMark));

/**
 * An operation of a migration with each function in the form in which it is kept: which one it is, and SHA-256 of its code. `wrong` is told of what
 * should be a function and is none, and throws.
 */
export function withFunctions(operation: unknown, code: string, wrong: (key: string, why: string) => never): unknown {
  if (!isFields(operation) || operation["kind"] !== "runCode") return operation;
  const { forward, backward } = operation;
  if (forward !== functionMark) return wrong("forward", "runCode: is not a function; write async (db) => { … }");
  const way = backward === functionMark ? { function: "backward", code } : backward;
  // The form in which they are kept is not the author's to write.
  if (isFields(backward) && backward !== functionMark && !("irreversible" in backward))
    return wrong("backward", 'runCode: is neither a function, nor an empty text, nor irreversible("why")');
  return {
    ...operation,
    forward: { function: "forward", code },
    ...(way !== undefined && { backward: way }),
  };
}

const names = ["forward", "backward"];

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function operationsIn(value: unknown): readonly Fields[] {
  const operations = isFields(value) ? value["operations"] : undefined;
  return Array.isArray(operations) ? operations.filter(isFields) : [];
}
