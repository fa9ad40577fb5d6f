/**
 * The columns and constraints of a CREATE TABLE that is cut into words, in one spelling: a constraint that stands at its column is one of the table, clauses
 * come in one order, and what goes without saying is not said. What a foreign key refers to is left to the pragma, which tells it always.
 */
export function definitionsOf(tokens: readonly string[]): readonly string[] {
  const { parts, rest } = partsOf(tokens);
  return [
    ...parts.flatMap((part) =>
      isConstraint(part) ? constraintsOf(part).flatMap((each) => clausesOf(each)) : columnLines(part),
    ),
    `table ${rest}`,
  ];
}

function partsOf(tokens: readonly string[]) {
  const parts: string[][] = [[]];
  let depth = 0;
  for (let i = tokens.indexOf("("); i < tokens.length; i++) {
    const token = tokens[i] as string;
    if (token === ")" && --depth === 0) {
      const rest = tokens.slice(i + 1).toSorted();
      return { parts, rest: rest.join(" ") };
    }
    if (token === "," && depth === 1) parts.push([]);
    else if (depth > 0) parts.at(-1)?.push(token);
    if (token === "(") depth++;
  }
  throw new Error(`not a CREATE TABLE: ${tokens.join(" ")}`);
}

const isConstraint = ([first = ""]: readonly string[]): boolean =>
  ["constraint", "primary", "unique", "check", "foreign"].includes(first);

/** SQLite takes constraints of a table without commas between them. */
function constraintsOf(part: readonly string[]): readonly (readonly string[])[] {
  const found: string[][] = [];
  let depth = 0;
  for (const [i, token] of part.entries()) {
    if (token === ")") depth--;
    const isNext = depth === 0 && isConstraint([token]) && part[i - 2] !== "constraint" && part[i - 1] !== "constraint";
    if (i === 0 || isNext) found.push([]);
    found.at(-1)?.push(token);
    if (token === "(") depth++;
  }
  return found;
}

/** Words that begin a clause of a column. */
const heads = new Set(
  "constraint not null primary unique check default collate references generated as foreign deferrable on initially".split(
    " ",
  ),
);

/** One text for a column, and one for each constraint that stands at it. */
function columnLines([written = "", ...tokens]: readonly string[]): readonly string[] {
  const name = nameOf(written);
  const start = tokens.findIndex((token) => heads.has(token));
  const type = tokens.slice(0, start < 0 ? undefined : start);
  const clauses = clausesOf(start < 0 ? [] : tokens.slice(start), name);
  const own = clauses.filter(
    (clause) => /^(?:not null|null|default|collate|as)\b/.test(clause) || / label /.test(clause),
  );
  const shown = [...new Set(own)].filter((clause) => clause !== "null").toSorted();
  return [
    [name, type.map((word) => word.replace(/^"(.*)"$/, "$1")).join(" "), ...shown].join(" | "),
    ...clauses.filter((clause) => !own.includes(clause)),
  ];
}

/** Clauses of a column, or the one constraint of a table. */
function clausesOf(tokens: readonly string[], column?: string): readonly string[] {
  const found: string[] = [];
  let label = "";
  let at = 0;
  const take = (words: number): readonly string[] => {
    at += words;
    return tokens.slice(at - words, at);
  };
  while (at < tokens.length) {
    const head = tokens[at];
    const end = endOf(tokens, at, column);
    const here = column === undefined ? [] : ["(", column, ")"];
    if (head === "constraint") {
      label = `constraint ${take(2)[1]} `;
      continue;
    }
    const words = take(end - at);
    if (head === "not" || head === "null") found.push(label + words.join(" "));
    else if (head === "default") found.push(`default ${bare(words.slice(1)).join(" ")}`);
    else if (head === "references") found.push(`${label}foreign key ${[...here, ...reference(words)].join(" ")}`);
    else if (head === "foreign") {
      const from = words.indexOf("references");
      found.push(label + [...words.slice(0, from), ...reference(words.slice(from))].join(" "));
    } else if (head === "primary" || head === "unique") found.push(label + keyOf(words, here));
    else if (head === "generated" || head === "as") {
      const as = words.slice(words.indexOf("as"));
      found.push([...as, ...(["stored", "virtual"].includes(as.at(-1) ?? "") ? [] : ["virtual"])].join(" "));
    } else found.push(label + words.join(" "));
    label = "";
  }
  return found;
}

/** Where the clause ends that begins at a place. */
function endOf(tokens: readonly string[], at: number, column: string | undefined): number {
  if (column === undefined) return tokens.length;
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    const token = tokens[i] as string;
    if (token === ")") depth--;
    if (i > at && depth === 0 && heads.has(token) && !continues(tokens, at, i)) return i;
    if (token === "(") depth++;
  }
  return tokens.length;
}

/** Whether a word that begins a clause elsewhere is inside of one here. */
function continues(tokens: readonly string[], at: number, i: number): boolean {
  const [head, token, before] = [tokens[at], tokens[i] as string, tokens[i - 1] as string];
  if (token === "on" || token === "deferrable" || token === "initially") return true;
  if (head === "not") return token === "null" && before === "not";
  if (head === "generated") return token === "as";
  if (head === "default") return i === at + 1;
  if (head !== "references") return false;
  return before === "set" || (token === "not" && tokens[i + 1] === "deferrable");
}

/** Without the columns that it refers to, and without what goes without saying. */
function reference(words: readonly string[]): readonly string[] {
  const list = words[2] === "(" ? words.indexOf(")") + 1 : 2;
  const text = words.slice(list).join(" ");
  const clauses =
    text.match(
      /on (?:delete|update) (?:set null|set default|no action|\w+)|match full|(?:not )?deferrable(?: initially \w+)?/g,
    ) ?? [];
  const said = clauses.filter((clause) => !/no action|^not deferrable/.test(clause));
  return [...words.slice(0, 2), ...said.map((clause) => clause.replace(" initially immediate", "")).toSorted()];
}

function keyOf(words: readonly string[], here: readonly string[]): string {
  const kept = words.filter((word) => word !== "asc").map(nameOf);
  const size = kept[0] === "primary" ? 2 : 1;
  const inside = kept.indexOf("autoincrement") < kept.indexOf(")") ? kept.indexOf("autoincrement") : -1;
  const all = inside < 0 ? kept : [...kept.toSpliced(inside, 1), "autoincrement"];
  return [...all.slice(0, size), ...here, ...all.slice(size)].join(" ");
}

/** SQLite takes a text for a name where only a name can stand. */
function nameOf(word: string): string {
  const [, text] = /^'(.*)'$/.exec(word) ?? [];
  if (text === undefined) return word;
  return /^[\w\u0080-\uffff]+$/.test(text) ? text : JSON.stringify(text);
}

/** Without parentheses around the whole. */
function bare(words: readonly string[]): readonly string[] {
  if (words[0] !== "(" || words.at(-1) !== ")") return words;
  let depth = 0;
  const inner = words.slice(1, -1);
  for (const word of inner) {
    if (word === ")" && --depth < 0) return words;
    if (word === "(") depth++;
  }
  return bare(inner);
}
