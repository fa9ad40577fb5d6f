import type { Dialect } from "../ddl/dialect.ts";
import { namesOf, schemaOn } from "../ddl/schema-on.ts";
import { ToolError } from "../errors.ts";
import type { LowerContext } from "../operations/define.ts";
import { enumParamsOf } from "../operations/enum-params.ts";
import { paramsFromField, paramsFromForeignKey, paramsFromTable } from "../operations/field.ts";
import { apply, type Operation, tableOf, titleOf } from "../operations/index.ts";
import { paramsOf } from "../operations/list-params.ts";
import { paramsFromObject, paramsFromView } from "../operations/managed-params.ts";
import { namespaceParamsOf } from "../operations/namespace-params.ts";
import { listed } from "../schema/beside-tables.ts";
import { enumsOf } from "../schema/enums.ts";
import { hasLimits, isFor, sameSchema } from "../schema/for-databases.ts";
import { type Gap, gapsOn } from "../schema/gaps.ts";
import { findObject, findView, idOf } from "../schema/managed.ts";
import type { Schema } from "../schema/model.ts";
import { namespacesOf } from "../schema/namespaces.ts";
import { findField, findTable, getField, getTable } from "../schema/resolve.ts";

/** An operation with the states around it. */
export interface Standing {
  readonly operation: Operation;
  readonly context: LowerContext;
}

/** Whether a schema or what happens to it tells one database from another, so that `onDatabase` has to be asked. */
export const tellsDatabases = (from: Schema, operations: readonly Operation[]): boolean =>
  hasLimits(from) || operations.some(saysDatabases);

/**
 * What an operation is on one database: nothing where all that it is about is for others; itself without such parts; or what makes or drops a
 * table, a field, a view or an object which it says other databases have from now on. Throws ToolError `unsupported` for rows that are told
 * apart by a field that is not there.
 */
export function onDatabase({ operation, context }: Standing): readonly Standing[] {
  const names = namesOf(context.dialect);
  const before = schemaOn(context.before, context.dialect);
  const after = schemaOn(context.after, context.dialect);
  const here = { ...context, before, after };
  if (context.before === context.after || !changesSchema(operation)) {
    const left = withoutOthers(operation, context, before);
    return left ? [{ operation: left, context: here }] : [];
  }
  if (sameSchema(before, after) || isForeignKeyElsewhere(operation, before, after)) return [];
  // Without a table it may be about what tables need.
  const old = tableOf(operation) === undefined ? undefined : before;
  const [gap] = gapsOn(context.after, after, { names, ...(old && { old }) });
  if (gap) throw gapError(gap, context.dialect);
  const moved = comesOrGoes(operation, before, after);
  if (!moved) return [{ operation: withoutParts(operation, names), context: here }];
  let state = before;
  return moved.map((each) => {
    const next = apply(state, each);
    const standing = { operation: each, context: { ...context, before: state, after: next } };
    state = next;
    return standing;
  });
}

/** A foreign key that is for others is neither dropped nor added here, although the field keeps its type in other words from then on. */
function isForeignKeyElsewhere(operation: Operation, before: Schema, after: Schema): boolean {
  if (operation.kind !== "dropForeignKey" && operation.kind !== "addForeignKey") return false;
  const [had, has] = [before, after].map((schema) => findTable(schema, operation.table)?.foreignKeys.length);
  return had === has;
}

function gapError({ what, table, field }: Gap, { title, name }: Dialect): ToolError {
  const message = `${what}, which the schema leaves out on ${title}; leave both out there (except: [${name}]), or map the type (type_mappings)`;
  return new ToolError("unsupported", message, {
    ...(table !== undefined && { table }),
    ...(field !== undefined && { field }),
  });
}

const rowKinds: ReadonlySet<Operation["kind"]> = new Set(["upsertData", "deleteData", "moveRows", "runSQL", "runCode"]);
const changesSchema = ({ kind }: Operation): boolean => !rowKinds.has(kind);

/** What works on rows; fields that the table lacks are left out. */
function withoutOthers(
  operation: Operation,
  { before: all, dialect }: LowerContext,
  here: Schema,
): Operation | undefined {
  const name = tableOf(operation);
  if (name === undefined || !findTable(all, name)) return operation;
  const table = findTable(here, name);
  if (!table) return undefined;
  if (operation.kind !== "upsertData" && operation.kind !== "deleteData") return operation;
  const lacking = getTable(all, name)
    .fields.map((field) => field.name)
    .filter((field) => !findField(table, field));
  if (lacking.length === 0) return operation;
  const key = operation.keys.find((field) => lacking.includes(field));
  if (key !== undefined) {
    const what = `${titleOf(operation)} tells rows apart by the field "${key}", which table "${name}" does not have on ${dialect.title}`;
    throw new ToolError("unsupported", `${what}; tell them apart by another one`, { table: name, field: key });
  }
  const rows = operation.rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([field]) => !lacking.includes(field))),
  );
  return { ...operation, rows } as Operation;
}

/** What leads from one schema to the other where the operation moves a thing from some databases to others. */
function comesOrGoes(operation: Operation, before: Schema, after: Schema): readonly Operation[] | undefined {
  switch (operation.kind) {
    case "setDatabases": {
      if (findTable(before, operation.table)) return [{ kind: "dropTable", name: operation.table }];
      const { table, foreignKeys } = paramsFromTable(after, getTable(after, operation.table));
      const keys = foreignKeys.map(
        (key) => ({ kind: "addForeignKey", ...paramsFromForeignKey(operation.table, key) }) as const,
      );
      return [{ kind: "createTable", ...table }, ...keys];
    }
    case "alterField": {
      const { table, field, fill } = operation;
      const [had, has] = [before, after].map((schema) => findField(getTable(schema, table), field.name));
      if (Boolean(had) === Boolean(has)) return undefined;
      if (had) return [{ kind: "dropField", table, name: field.name }];
      const added = paramsFromField(after, getTable(after, table), getField(getTable(after, table), field.name));
      return [{ kind: "addField", table, field: added, ...(fill !== undefined && { fill }) }];
    }
    case "replaceView": {
      const [had, has] = [before, after].map((schema) => findView(schema, operation.name));
      if (had && has) return undefined;
      return has ? [{ kind: "createView", ...paramsFromView(has) }] : [{ kind: "dropView", name: operation.name }];
    }
    case "replaceObject": {
      const [had, has] = [before, after].map((schema) => findObject(schema, operation.object));
      if (had && has) return undefined;
      if (has) return [{ kind: "createObject", object: paramsFromObject(has) }];
      return [{ kind: "dropObject", object: idOf(operation.object) }];
    }
    default:
      return listedMove(operation, before, after);
  }
}

/** The same of what a schema lists beside its tables. */
function listedMove(operation: Operation, before: Schema, after: Schema): readonly Operation[] | undefined {
  switch (operation.kind) {
    case "alterEnum":
      return listMove(enumsOf(before), enumsOf(after), operation.name, {
        create: (found) => ({ kind: "createEnum", ...enumParamsOf(found) }),
        drop: (name) => ({ kind: "dropEnum", name }),
      });
    case "alterNamespace":
      return listMove(namespacesOf(before), namespacesOf(after), operation.name, {
        create: (found) => ({ kind: "createNamespace", ...namespaceParamsOf(found) }),
        drop: (name) => ({ kind: "dropNamespace", name }),
      });
    case "alterDomain":
      return listMove(listed(before, "domains"), listed(after, "domains"), operation.name, {
        create: (found) => ({ kind: "createDomain", ...paramsOf<"domains">(found) }),
        drop: (name) => ({ kind: "dropDomain", name }),
      });
    case "alterSequence":
      return listMove(listed(before, "sequences"), listed(after, "sequences"), operation.name, {
        create: (found) => ({ kind: "createSequence", ...paramsOf<"sequences">(found) }),
        drop: (name) => ({ kind: "dropSequence", name }),
      });
    case "alterExtension":
      return listMove(listed(before, "extensions"), listed(after, "extensions"), operation.name, {
        create: (found) => ({ kind: "createExtension", ...paramsOf<"extensions">(found) }),
        drop: (name) => ({ kind: "dropExtension", name }),
      });
    default:
      return undefined;
  }
}

/** What makes or drops something that a schema lists beside its tables; nothing where it is there before and after. */
function listMove<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
  name: string,
  moves: { readonly create: (found: T) => Operation; readonly drop: (name: string) => Operation },
): readonly Operation[] | undefined {
  const [had, has] = [before, after].map((list) => list.find((thing) => thing.name === name));
  if (had && has) return undefined;
  return has ? [moves.create(has)] : [moves.drop(name)];
}

type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data => typeof value === "object" && value !== null && !Array.isArray(value);

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

/** Whether parameters say `only` or `except` anywhere. Rows may have fields of these names, whose values are no lists. */
function saysDatabases(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(saysDatabases);
  if (!isData(value)) return false;
  return isList(value["only"]) || isList(value["except"]) || Object.values(value).some(saysDatabases);
}

/** The parameters without the parts that are for other databases, and without what says so. */
function withoutParts(operation: Operation, names: readonly string[]): Operation {
  return cut(operation, names) as Operation;
}

function cut(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value))
    return value
      .filter((item) => !isData(item) || isFor(wordsOf(item), names))
      .map((item: unknown) => cut(item, names));
  if (!isData(value)) return value;
  const entries = Object.entries(value).filter(
    ([key, part]) =>
      !((key === "only" || key === "except") && isList(part)) &&
      !(key === "foreignKey" && isData(part) && !isFor(wordsOf(part), names)),
  );
  return Object.fromEntries(entries.map(([key, part]) => [key, cut(part, names)]));
}

const wordsOf = ({ only, except }: Data) => ({
  ...(isList(only) && { only }),
  ...(isList(except) && { except }),
});
