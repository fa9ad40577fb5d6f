import { isKeyword, type Token, tokenize } from "./tokens.ts";

/** What only the text of a CREATE TABLE tells. */
export interface TableText {
  readonly autoIncrement: boolean;
  /** Names of the foreign keys in the order of their declaration. */
  readonly foreignKeyNames: readonly (string | undefined)[];
  /** Clauses without a place in the model: kind and the constraint or column it belongs to. */
  readonly clauses: readonly Clause[];
}

export interface Clause {
  readonly kind: "check" | "collation" | "deferrable foreign key" | "conflict clause";
  readonly object: string;
}

/** Reads the text that `sqlite_schema` keeps of a table. */
export function readTableText(sql: string): TableText {
  const parts = partsOf(tokenize(sql)).map(readPart);
  return {
    autoIncrement: parts.some((p) => p.autoIncrement),
    foreignKeyNames: parts.flatMap((p) => p.foreignKeyNames),
    clauses: parts.flatMap((p) => p.clauses),
  };
}

/** The predicate of a partial index, from the text that `sqlite_schema` keeps of it. */
export function indexPredicate(sql: string): string | undefined {
  const where = tokenize(sql).find((t) => t.depth === 0 && isKeyword(t, "WHERE"));
  return where && sql.slice(where.start + where.text.length).trim();
}

/** Column definitions and table constraints: what stands between the commas of the outermost parentheses. */
function partsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.depth === 0) continue;
    if (token.depth === 1 && token.text === ",") parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Keywords that end the reach of a `CONSTRAINT name` which named something else than a foreign key. */
const otherConstraints = ["NOT", "NULL", "PRIMARY", "UNIQUE", "DEFAULT", "GENERATED"];

function readPart(tokens: readonly Token[]): TableText {
  const foreignKeyNames: (string | undefined)[] = [];
  const clauses: Clause[] = [];
  let constraint: string | undefined;
  const object = () => constraint ?? tokens[0]?.value ?? "";
  const top = tokens.filter((t) => t.depth === 1);
  top.forEach((token, i) => {
    if (isKeyword(token, "CONSTRAINT")) constraint = top[i + 1]?.value;
    else if (isKeyword(token, "REFERENCES")) foreignKeyNames.push(constraint);
    else if (isKeyword(token, "CHECK")) clauses.push({ kind: "check", object: object() });
    else if (isKeyword(token, "COLLATE")) clauses.push({ kind: "collation", object: object() });
    else if (isKeyword(token, "CONFLICT")) clauses.push({ kind: "conflict clause", object: object() });
    else if (isKeyword(token, "DEFERRABLE") && !isKeyword(top[i - 1], "NOT"))
      clauses.push({ kind: "deferrable foreign key", object: object() });
    else if (otherConstraints.some((word) => isKeyword(token, word)) && !isName(top, i)) constraint = undefined;
  });
  return { autoIncrement: top.some((t, i) => i > 0 && isKeyword(t, "AUTOINCREMENT")), foreignKeyNames, clauses };
}

/** Whether the token is the name that CONSTRAINT gives, and no keyword. */
const isName = (tokens: readonly Token[], i: number): boolean => isKeyword(tokens[i - 1], "CONSTRAINT");
