import { ToolError } from "../errors.ts";
import type { Operation } from "../operations/index.ts";
import type { Migration } from "../plan/migration.ts";
import type { SourceParts } from "../plan/source.ts";
import type { CodeOrigin } from "./contents.ts";

/**
 * The files of operations with functions as parts of one file: each as it was written, in a function of its own, with the imports of all of them before.
 * Throws ToolError `graph` for a file that imports under one name what another imports something else under, or in a way that is not understood.
 */
export function embedSources(written: ReadonlyMap<Operation, CodeOrigin>): SourceParts {
  const files = new Map([...written.values()].map(({ migration }) => [migration.name, migration]));
  const imports: Imports = new Map();
  const bodies = [...files.values()].map((migration) => {
    const { statements, rest } = cut(migration);
    for (const statement of statements) addImport(imports, migration, statement);
    return `/** The file "${migration.name}" as it was written, for its functions. */\nconst ${constantOf(migration)} = (() => {\n${bodyOf(migration, rest)}\n})();\n`;
  });
  const spelled = [...written].map(([operation, { migration, index }]) => {
    const text = `...${constantOf(migration)}.operations.slice(${index}, ${index + 1})`;
    return [operation, text] as const;
  });
  return {
    names: namesFrom(imports, "godwit"),
    imports: linesWithout(imports, "godwit"),
    text: bodies.join("\n"),
    spelled: new Map(spelled),
  };
}

/** `from_0003_backfill`, which nobody else calls anything. */
const constantOf = ({ name }: Migration): string =>
  `from_${name.replace(/[^A-Za-z0-9_]/g, (character) => `$${character.charCodeAt(0).toString(16)}`)}`;

interface Statement {
  readonly clause: string;
  readonly module: string;
}

/** The imports at the beginning of a file, and what is left without them. */
function cut(migration: Migration): { readonly statements: readonly Statement[]; readonly rest: string } {
  const source = migration.code?.source ?? "";
  const statements: Statement[] = [];
  const left: string[] = [];
  let at = 0;
  for (;;) {
    const blank = take(/(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y, source, at);
    const after = at + (blank?.[0].length ?? 0);
    const found = take(/import\s+([^"';]+?)\s*from\s*(["'])([^"'\n]+)\2[ \t]*;?/y, source, after);
    // Where imports were, their line ends are left.
    if (!found) return { statements, rest: `${left.join("").replace(/\n\s*\n/g, "\n")}${source.slice(at)}` };
    if (blank) left.push(blank[0]);
    statements.push({ clause: found[1] ?? "", module: found[3] ?? "" });
    at = after + found[0].length;
  }
}

function take(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** As the body of a function that gives the migration. */
function bodyOf(migration: Migration, rest: string): string {
  const text = rest.replace(/^export (?!default\b)/gm, "");
  const places = [...text.matchAll(/^export default\b/gm)];
  const [place] = places;
  if (!place || places.length > 1)
    throw notTaken(migration, "it does not say `export default` once, at the beginning of a line");
  return `${text.slice(0, place.index)}return${text.slice(place.index + place[0].length)}`.replace(/^\n+|\s+$/g, "");
}

interface Bound {
  readonly module: string;
  /** `{ slug as short }`: `slug as short`. */
  readonly named?: string;
  /** `* as words` or `words`. */
  readonly whole?: string;
  readonly owner: string;
}

/** What all files import, by the names that it has in them. */
type Imports = Map<string, Bound>;

function addImport(imports: Imports, migration: Migration, { clause, module }: Statement): void {
  const parts = /^(type\s+)?(?:([\w$]+|\*\s*as\s+[\w$]+)\s*)?,?\s*(?:\{([\s\S]*)\})?$/.exec(clause);
  const [, onlyType = "", whole, named] = parts ?? [];
  if (whole === undefined && named === undefined)
    throw notTaken(migration, `"import ${clause} from" is not understood`);
  if (whole !== undefined) bind(imports, migration, whole.replace(/^\*\s*as\s+/, ""), { module, whole });
  for (const each of (named ?? "").split(",").filter((name) => name.trim() !== "")) {
    const text = `${onlyType}${each}`.trim().replace(/\s+/g, " ");
    bind(imports, migration, text.replace(/^type /, "").replace(/^.* as /, ""), { module, named: text });
  }
}

function bind(imports: Imports, migration: Migration, local: string, what: Omit<Bound, "owner">): void {
  const known = imports.get(local);
  const same = known?.module === what.module && known.named === what.named && known.whole === what.whole;
  if (known && !same) throw notTaken(migration, `it calls "${local}" what "${known.owner}" imports otherwise`);
  imports.set(local, { ...what, owner: migration.name });
}

/** What is imported by name from a module. */
const namesFrom = (imports: Imports, module: string): readonly string[] =>
  [...imports.values()].flatMap((each) => (each.module === module ? (each.named ?? []) : []));

/** A line for each module; of the one that is named, without what is imported by name. */
function linesWithout(imports: Imports, except: string): readonly string[] {
  const all = [...imports.values()];
  const modules = [...new Set(all.map(({ module }) => module))].toSorted();
  return modules.flatMap((module) => {
    const own = all.filter((each) => each.module === module);
    const names = module === except ? [] : own.flatMap(({ named }) => named ?? []).toSorted();
    const list = names.length > 0 ? [`{ ${names.join(", ")} }`] : [];
    return [...own.flatMap(({ whole }) => whole ?? []), ...list].map((clause) => `import ${clause} from "${module}";`);
  });
}

const notTaken = ({ name, file }: Migration, why: string): ToolError =>
  new ToolError(
    "graph",
    `the functions of "${name}" cannot be taken over: ${why}; change that there, let its operations go with \`elidable: true\`, or squash what comes before it and what comes after it`,
    { migration: name, file },
  );
