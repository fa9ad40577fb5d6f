import type { UnsupportedObject } from "../../core/ddl/dialect.ts";
import { type Selection, tableChoice } from "../../core/ddl/selection.ts";
import type { Position } from "../../core/errors.ts";
import type { Locate, Path } from "../../core/schema/part.ts";
import { type Problem, schemaError } from "../../core/schema/problem.ts";
import type { Plain } from "../../core/schema/write.ts";
import { chooseTables, type TableType } from "./choose-tables.ts";
import type { Draft, Entry } from "./draft.ts";
import type { Module } from "./modules.ts";
import type { Left } from "./shape.ts";
import { writeTable } from "./write-table.ts";

/** A schema as types declare it. */
export interface TypesDocument {
  readonly value: { readonly [key: string]: Plain };
  /** Where a part of it comes from. */
  readonly locate: Locate;
  readonly warnings: readonly Problem[];
  readonly left: readonly UnsupportedObject[];
}

export interface DocumentOptions extends Selection {
  /** How lists of texts are declared: as enums, or as texts with a check. */
  readonly values: "enums" | "checks";
}

/** What the types of files declare. Throws ToolError `schema` with all that is wrong in their tags, `usage` for a pattern that no table matches. */
export function documentOf(
  modules: readonly Module[],
  noted: readonly Problem[],
  options: DocumentOptions,
): TypesDocument {
  const problems = [...noted];
  const { tables, types, left } = chooseTables(modules, problems);
  const wanted = tableChoice(
    tables.map(({ name }) => name),
    options,
  );
  const draft: Draft = {
    types,
    tables,
    wanted,
    values: options.values,
    enums: new Map(),
    problems,
    warnings: [],
    left: left.filter(({ table }) => table === undefined || wanted(table)),
    places: new WeakMap(),
    properties: new Map(),
  };
  refuseTwins(tables, problems);
  const entries = tables.filter(({ name }) => wanted(name)).map((table) => writeTable(table, draft));
  if (problems.length > 0) throw schemaError(unique(problems));
  if (tables.length === 0) draft.warnings.push({ message: "none of the types in the files is a table" });
  const enums = [...draft.enums].map(([name, values]) => ({ name, values }));
  const value = { ...(enums.length > 0 && { enums }), tables: entries };
  return {
    value,
    locate: locator(value, draft, tables),
    warnings: draft.warnings,
    left: draft.left.toSorted(byPlace(modules)).map(unsupported),
  };
}

/** In the order of the files, then of their lines. */
const byPlace = (modules: readonly Module[]) => {
  const order = new Map(modules.map(({ source }, i) => [source.file, i]));
  return ({ at: a }: Left, { at: b }: Left): number =>
    (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.line - b.line || a.column - b.column;
};

const unsupported = ({ at, ...rest }: Draft["left"][number]): UnsupportedObject => ({ ...rest, ...at });

function refuseTwins(tables: readonly TableType[], problems: Problem[]): void {
  for (const [i, { name, of }] of tables.entries()) {
    const twin = tables.slice(0, i).find((table) => table.name === name);
    if (!twin) continue;
    const { file, line } = twin.of.at;
    problems.push({
      message: `type "${of.name}" would be table "${name}", as "${twin.of.name}" in ${file}:${line}; give one of them another name with @table, or leave it out with @ignore`,
      position: of.at,
    });
  }
}

/** Comments are read more than once where types are built from others. */
const unique = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

/** The innermost entry on the way to a part, or the tag that its key comes from. */
function locator(value: TypesDocument["value"], { places }: Draft, tables: readonly TableType[]): Locate {
  const start: Position = { file: tables[0]?.of.at.file ?? "", line: 1, column: 1 };
  return (path: Path) => {
    let position = start;
    let part: unknown = value;
    for (const step of path) {
      const place = typeof part === "object" && part !== null ? places.get(part as Entry) : undefined;
      position = place?.keys?.[String(step)] ?? position;
      part = (part as Readonly<Record<string, unknown>> | undefined)?.[step];
      const inside = typeof part === "object" && part !== null ? places.get(part as Entry) : undefined;
      position = inside?.at ?? position;
    }
    return position;
  };
}
