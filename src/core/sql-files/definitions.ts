import type { UnsupportedObject } from "../ddl/dialect.ts";
import { type ScriptStatement, splitScript } from "./split.ts";
import type { ScriptSyntax } from "./syntax.ts";
import { wordsOf } from "./words.ts";

/** The statements of a script that say what a database contains, and what else it has. */
export interface Definitions {
  readonly statements: readonly ScriptStatement[];
  /** Owners, rights and what belongs to the server: not run, because a schema does not say it. Each once. */
  readonly left: readonly UnsupportedObject[];
}

/** Tells what makes a schema from what does not. Rows are left out as well: a schema has none. */
export function definitionsIn(script: string, syntax: ScriptSyntax): Definitions {
  const left = new Map<string, UnsupportedObject>();
  const statements = splitScript(script, syntax).filter((statement) => {
    const words = wordsOf(statement.text, syntax, 60);
    const text = words.join(" ").toUpperCase();
    if (/^(?:INSERT|REPLACE|COPY)\b/.test(text)) return false;
    const other = others.find(({ pattern }) => pattern.test(text));
    if (!other) return true;
    const { kind, reason, byLastWord } = other;
    const object = byLastWord ? (words.at(-1) ?? "").replace(/^"(.*)"$/, "$1") : beginning(statement.text);
    left.set(`${kind} ${object}`, { kind, object, reason });
    return false;
  });
  return { statements, left: [...left.values()] };
}

interface Other {
  /** Of the words in upper case, one space between them. */
  readonly pattern: RegExp;
  readonly kind: string;
  readonly reason: string;
  /** What is shown is the last word; absent: how the statement begins. */
  readonly byLastWord?: true;
}

/** On one line, without the end of a long one. */
function beginning(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}

const others: readonly Other[] = [
  {
    pattern: /^ALTER .* OWNER TO (?:\S+|".*")$/,
    kind: "owner",
    reason: "schemas do not say to whom things belong",
    byLastWord: true,
  },
  {
    pattern: /^(?:GRANT|REVOKE|ALTER DEFAULT PRIVILEGES)\b/,
    kind: "right",
    reason: "schemas do not say who may do what",
  },
  {
    pattern: /^(?:CREATE|ALTER|DROP) (?:DATABASE|ROLE|USER(?! MAPPING)|GROUP|TABLESPACE)\b|^ALTER SYSTEM\b|^USE\b/,
    kind: "server",
    reason: "it belongs to the server, not to the schema of one database",
  },
  {
    pattern: /^(?:ATTACH|DETACH|VACUUM)\b/,
    kind: "file",
    reason: "it is about files, not about the schema",
  },
];
