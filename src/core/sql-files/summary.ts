/** What a statement does, in words of SQL and names only: no value of it is repeated, which might be a secret. */
export interface SqlSummary {
  /** `CREATE INDEX`, `INSERT`; upper case. */
  readonly operation: string;
  /** The name that comes after it, as it is written but without quotes. */
  readonly target?: string;
}

/**
 * Sums up the first statement of a text, as `db.query.summary` and `db.operation.name` of OpenTelemetry want it:
 * https://opentelemetry.io/docs/specs/semconv/database/database-spans/
 */
export function summaryOf(sql: string): SqlSummary {
  const text = sql.replace(leading, "").slice(0, longest);
  for (const [pattern, operation] of forms) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [, first = "", target] = match;
    const named = target === undefined ? undefined : unquoted(target);
    return {
      operation: operation(first.toUpperCase().replace(/\s+/g, " ")),
      ...(named !== undefined && { target: named }),
    };
  }
  return { operation: /^[a-z]+/i.exec(text)?.[0].toUpperCase() ?? "SQL" };
}

/** Verb and name are at the beginning, if anywhere; some statements are megabytes. */
const longest = 1000;

/** Blanks and comments. */
const leading = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

const part = '(?:"(?:[^"]|"")*"|`[^`]*`|\\[[^\\]]*\\]|[\\w$\\u0080-\\uffff]+)';
const name = `(${part}(?:\\.${part})*)`;
const manner =
  "(?:OR REPLACE|GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|FOREIGN|UNIQUE|FULLTEXT|SPATIAL|CLUSTERED|CONSTRAINT|EVENT|RECURSIVE)";
const objects =
  "TABLE|INDEX|VIEW|MATERIALIZED\\s+VIEW|SEQUENCE|TRIGGER|FUNCTION|PROCEDURE|TYPE|DOMAIN|SCHEMA|DATABASE|EXTENSION|POLICY|ROLE|USER";
const condition = "(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?";

const same = (words: string): string => words;
const forms: readonly (readonly [RegExp, (words: string) => string])[] = [
  [
    of(`CREATE\\s+(?:${manner}\\s+)*(${objects})\\s+(?:CONCURRENTLY\\s+)?${condition}(?!ON\\b)${name}`),
    prefixed("CREATE"),
  ],
  [of(`CREATE\\s+(?:${manner}\\s+)*(${objects})`), prefixed("CREATE")],
  [of(`ALTER\\s+(${objects})\\s+(?:ONLY\\s+)?${condition}(?:ONLY\\s+)?${name}`), prefixed("ALTER")],
  [of(`DROP\\s+(${objects})\\s+(?:CONCURRENTLY\\s+)?${condition}${name}`), prefixed("DROP")],
  [of(`(INSERT|REPLACE)\\s+(?:OR\\s+\\w+\\s+|IGNORE\\s+)?INTO\\s+${name}`), same],
  [of(`(UPDATE)\\s+(?:ONLY\\s+|OR\\s+\\w+\\s+)?${name}`), same],
  [of(`(DELETE)\\s+FROM\\s+(?:ONLY\\s+)?${name}`), same],
  [of(`(TRUNCATE)\\s+(?:TABLE\\s+)?(?:ONLY\\s+)?${name}`), same],
  [of(`(REFRESH\\s+MATERIALIZED\\s+VIEW)\\s+(?:CONCURRENTLY\\s+)?${name}`), same],
  [of(`(REINDEX)\\s+(?:\\([^)]*\\)\\s*)?(?:INDEX|TABLE|SCHEMA|DATABASE)\\s+(?:CONCURRENTLY\\s+)?${name}`), same],
];

function of(pattern: string): RegExp {
  return new RegExp(`^${pattern}`, "i");
}

function prefixed(verb: string): (words: string) => string {
  return (words) => `${verb} ${words}`;
}

const parts = new RegExp(part, "g");

const unquoted = (target: string): string =>
  target.replace(parts, (each) =>
    each.startsWith('"') ? each.slice(1, -1).replaceAll('""', '"') : each.replace(/^[`[]|[`\]]$/g, ""),
  );
