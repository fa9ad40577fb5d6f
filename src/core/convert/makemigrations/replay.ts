import type { Dialect } from "../../ddl/dialect.ts";
import { ToolError } from "../../errors.ts";
import { apply, type Operation } from "../../operations/index.ts";
import { emptySchema, type Schema } from "../../schema/model.ts";
import type { ConvertedMigration, Finding, Reading } from "../define.ts";
import { migrationName } from "../names.ts";
import type { GoValue } from "./go-values.ts";
import { goKind, ignoresErrors, type OperationContext, operationOf } from "./operations.ts";
import type { Registered } from "./registered.ts";

/** A migration, and the file that registers it. */
export interface FromFile extends Registered {
  readonly file: string;
  /** Whether its operations could not be read, which a finding says. */
  readonly isBroken?: true;
}

/** Turns migrations into godwit's, in an order in which each comes after those that it depends on. What an operation says may hang on all before it. */
export function convertInOrder(ordered: readonly FromFile[], dialect: Dialect): Reading {
  const created = new Map(ordered.flatMap(({ operations }) => operations.flatMap(createdBy)));
  const findings: Finding[] = [];
  const migrations: ConvertedMigration[] = [];
  let schema: Schema = emptySchema;
  for (const [i, from] of ordered.entries()) {
    const read = operationsOf(from, { schema, created, database: databaseOf(dialect) });
    schema = read.schema;
    findings.push(...read.findings);
    const isLost = from.isBroken || read.findings.some(({ lost }) => lost);
    migrations.push({
      name: nameOf(from.name),
      ids: [from.name],
      file: from.file,
      ...(!isLost && { operations: read.operations }),
      ...((i > 0 || from.dependencies.length > 0) && { dependencies: from.dependencies.map(nameOf) }),
      ...(from.replaces.length > 0 && { replaces: from.replaces.map(nameOf) }),
    });
  }
  return { migrations, findings };
}

/** What makemigrations called the database: MariaDB, which it did not know, was MySQL. */
const databaseOf = ({ name, variantOf = [] }: Dialect): string =>
  name === "mariadb" ? (variantOf.at(-1) ?? name) : name;

const nameOf = (name: string): string => {
  const [, number, words = ""] = /^(\d+)_?(.*)$/.exec(name) ?? [];
  return number === undefined ? name : migrationName(number, words);
};

interface Replayed {
  readonly operations: readonly Operation[];
  readonly schema: Schema;
  readonly findings: readonly Finding[];
}

/** What does not fit where it stands waits for what comes later and drops what is in its way: makemigrations drops a field before its index and its key. */
function operationsOf({ operations: values, file }: FromFile, context: OperationContext): Replayed {
  const operations: Operation[] = [];
  const findings: Finding[] = values.flatMap((value) => withoutColumn(value, file));
  let { schema } = context;
  let queue = [...values];
  while (queue[0]) {
    const [value, ...later] = queue;
    queue = later;
    try {
      const operation = operationOf(value, { ...context, schema });
      if (!operation) continue;
      schema = apply(schema, operation);
      operations.push(operation);
    } catch (error) {
      if (!(error instanceof ToolError) || error.code === "internal") throw error;
      const first = error.code === "state" ? inTheWay(value, later) : [];
      if (first.length > 0) queue = [...first, value, ...later.filter((each) => !first.includes(each))];
      else findings.push(findingOf(error, value, file));
    }
  }
  return { operations, schema, findings };
}

const drops = ["DropForeignKey", "DropIndex", "DropField"];

/** What later drops, in the order in which it can be dropped. */
function inTheWay(value: GoValue, later: readonly GoValue[]): readonly GoValue[] {
  const kind = goKind(value);
  const possible = kind === "DropTable" ? drops : kind === "DropField" ? drops.slice(0, 2) : [];
  return possible.flatMap((name) => later.filter((each) => goKind(each) === name));
}

function findingOf(error: ToolError, value: GoValue, file: string): Finding {
  const line = typeof error.data["line"] === "number" ? error.data["line"] : value.line;
  if (ignoresErrors(value) && error.code === "state") {
    const hint = "it ignores errors, so it is left out";
    return { file, line, what: `${goKind(value)} does not fit: ${error.message}`, hint, lost: false };
  }
  return { file, line, what: `${goKind(value)}: ${error.message}`, hint: "write this migration by hand", lost: true };
}

/** Fields that make no column, and are left out. */
function withoutColumn(value: GoValue, file: string): readonly Finding[] {
  if (value.kind !== "composite") return [];
  const isMany = value.entries.some(({ key, value: type }) => {
    return key === "Type" && type.kind === "text" && type.value === "many_to_many";
  });
  const what = "a many_to_many makes no table in makemigrations, and is left out";
  const hint = "the next `godwit generate` makes the table that the schema asks for";
  if (isMany) return [{ file, line: value.line, what, hint, lost: false }];
  return value.entries.flatMap((entry) => withoutColumn(entry.value, file));
}

function createdBy(value: GoValue): readonly (readonly [table: string, fields: readonly GoValue[]])[] {
  if (goKind(value) !== "CreateTable" || value.kind !== "composite") return [];
  const name = value.entries.find(({ key }) => key === "Name")?.value;
  const fields = value.entries.find(({ key }) => key === "Fields")?.value;
  if (name?.kind !== "text" || fields?.kind !== "composite") return [];
  return [[name.value, fields.entries.map((entry) => entry.value)]];
}
