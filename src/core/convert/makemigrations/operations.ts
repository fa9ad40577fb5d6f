import { ToolError } from "../../errors.ts";
import { type Operation, parseOperation } from "../../operations/index.ts";
import { referentialActions } from "../../schema/model.ts";
import { type FieldContext, type FieldData, fieldData, indexData } from "./fields.ts";
import type { GoValue } from "./go-values.ts";
import {
  entriesOf,
  flagIn,
  itemsIn,
  type Members,
  membersOf,
  textIn,
  textMapIn,
  textOrNothing,
  textsIn,
} from "./members.ts";

export interface OperationContext extends FieldContext {
  /** The database that named defaults and type mappings are for. */
  readonly database: string;
}

/** Name of an operation in Go: `CreateTable`, whatever the package is called. */
export const goKind = (value: GoValue): string =>
  value.kind === "composite" ? value.type.slice(value.type.lastIndexOf(".") + 1) : value.kind;

/**
 * What an operation of makemigrations is in godwit; none for what runs nothing and says nothing. Throws ToolError `migration` or `params` for what is none, with a line
 * where it is known.
 */
export function operationOf(value: GoValue, context: OperationContext): Operation | undefined {
  const kind = goKind(value);
  const form = Object.hasOwn(forms, kind) ? forms[kind] : undefined;
  if (!form) throw new ToolError("migration", `"${kind}" is no operation that is known`, { line: value.line });
  const members = membersOf(value, [...form.members, ...flags]);
  const data = form.data(members, context);
  if (!data) return undefined;
  return parseOperation({
    ...data,
    ...(flagIn(members, "SchemaOnly") && { schemaOnly: true }),
    ...(flagIn(members, "IgnoreErrors") && { ignoreErrors: true }),
  });
}

/** Whether an operation may fail without stopping the others. */
export const ignoresErrors = (value: GoValue): boolean =>
  value.kind === "composite" &&
  value.entries.some(({ key, value: flag }) => key === "IgnoreErrors" && flag.kind === "bool" && flag.value);

interface Form {
  readonly members: readonly string[];
  readonly data: (members: Members, context: OperationContext) => FieldData | undefined;
}

const flags = ["SchemaOnly", "IgnoreErrors"];
const only = (data: FieldData | undefined): readonly FieldData[] => (data ? [data] : []);

const forms: Readonly<Record<string, Form>> = {
  CreateTable: {
    members: ["Name", "Fields", "Indexes"],
    data: (of, context) => createTable(of, context),
  },
  DropTable: { members: ["Name"], data: (of) => ({ kind: "dropTable", name: textIn(of, "Name") }) },
  RenameTable: {
    members: ["OldName", "NewName"],
    data: (of) => ({ kind: "renameTable", from: textIn(of, "OldName"), to: textIn(of, "NewName") }),
  },
  AddField: {
    members: ["Table", "Field"],
    data: (of, context) => {
      const field = fieldData(memberOf(of, "Field"), context);
      return field && { kind: "addField", table: textIn(of, "Table"), field };
    },
  },
  DropField: {
    members: ["Table", "Field"],
    data: (of) => ({ kind: "dropField", table: textIn(of, "Table"), name: textIn(of, "Field") }),
  },
  AlterField: { members: ["Table", "OldField", "NewField"], data: (of, context) => alterField(of, context) },
  RenameField: {
    members: ["Table", "OldName", "NewName"],
    data: (of) => ({
      kind: "renameField",
      table: textIn(of, "Table"),
      from: textIn(of, "OldName"),
      to: textIn(of, "NewName"),
    }),
  },
  AddIndex: {
    members: ["Table", "Index"],
    data: (of) => {
      const index = indexData(memberOf(of, "Index"));
      return index && { kind: "addIndex", table: textIn(of, "Table"), index };
    },
  },
  DropIndex: {
    members: ["Table", "Index"],
    data: (of) => ({ kind: "dropIndex", table: textIn(of, "Table"), name: textIn(of, "Index") }),
  },
  AddForeignKey: {
    members: ["Table", "FieldName", "ConstraintName", "ReferencedTable", "OnDelete", "OnUpdate"],
    data: (of) => ({
      kind: "addForeignKey",
      table: textIn(of, "Table"),
      ...(textOrNothing(of, "ConstraintName") !== "" && { name: textIn(of, "ConstraintName") }),
      fields: [textIn(of, "FieldName")],
      references: { table: textIn(of, "ReferencedTable") },
      ...action(of, "OnDelete", "onDelete"),
      ...action(of, "OnUpdate", "onUpdate"),
    }),
  },
  DropForeignKey: {
    members: ["Table", "ConstraintName"],
    data: (of) => ({ kind: "dropForeignKey", table: textIn(of, "Table"), name: textIn(of, "ConstraintName") }),
  },
  RunSQL: {
    members: ["ForwardSQL", "BackwardSQL"],
    // Without a way back it does nothing on that way.
    data: (of) => ({
      kind: "runSQL",
      forward: textOrNothing(of, "ForwardSQL"),
      backward: textOrNothing(of, "BackwardSQL"),
    }),
  },
  SetDefaults: {
    members: ["Defaults"],
    data: (of, { database }) => ({ kind: "setDefaults", defaults: { [database]: textMapIn(of, "Defaults") } }),
  },
  SetTypeMappings: {
    members: ["TypeMappings"],
    data: (of, { database }) => ({
      kind: "setTypeMappings",
      typeMappings: { [database]: textMapIn(of, "TypeMappings") },
    }),
  },
  UpsertData: { members: ["Table", "ConflictKeys", "Rows"], data: (of) => upsertData(of) },
};

function createTable(of: Members, context: OperationContext): FieldData {
  const indexes = itemsIn(of, "Indexes").flatMap((index) => only(indexData(index)));
  return {
    kind: "createTable",
    name: textIn(of, "Name"),
    fields: itemsIn(of, "Fields").flatMap((field) => only(fieldData(field, context))),
    ...(indexes.length > 0 && { indexes }),
  };
}

/** A key is what it was: makemigrations has no SQL for a change of it. */
function alterField(of: Members, context: OperationContext): FieldData | undefined {
  const field = fieldData(memberOf(of, "NewField"), context);
  const before = of.of.get("OldField");
  const old = before && fieldData(before, context);
  if (old && field && old["name"] !== field["name"])
    throw new ToolError("migration", "AlterField changes the name of a field, which it cannot", { line: of.line });
  const { primaryKey: _, ...plain } = field ?? {};
  return field && { kind: "alterField", table: textIn(of, "Table"), field: plain };
}

/** As makemigrations writes rows: the columns are those of the first, and what a later one does not have is NULL. */
function upsertData(of: Members): FieldData {
  const rows = itemsIn(of, "Rows").map((row) => new Map(entriesOf(row)));
  const columns = [...(rows[0]?.keys() ?? [])];
  return {
    kind: "upsertData",
    table: textIn(of, "Table"),
    keys: textsIn(of, "ConflictKeys"),
    rows: rows.map((row) => Object.fromEntries(columns.map((column) => [column, rowValue(row.get(column))]))),
  };
}

function rowValue(value: GoValue | undefined): unknown {
  if (!value || value.kind === "nil") return null;
  if (value.kind === "text" || value.kind === "number" || value.kind === "bool") return value.value;
  const [argument] = value.kind === "call" && /(?:^|\.)DefaultRef$/.test(value.name) ? value.values : [];
  if (argument?.kind === "text") return { defaultRef: argument.value };
  throw new ToolError("migration", "a value of a row is neither a text, a number, true, false, nil nor a DefaultRef", {
    line: value.line,
  });
}

/** https://github.com/ocomsoft/makemigrations writes PROTECT where a schema says nothing, and sends RESTRICT. */
function action(of: Members, member: string, name: string): FieldData {
  const said = textOrNothing(of, member).toUpperCase().replaceAll("_", " ");
  if (said === "") return {};
  const found = said === "PROTECT" ? "RESTRICT" : said === "DO NOTHING" ? "NO ACTION" : said;
  if (!referentialActions.some((each) => each === found))
    throw new ToolError("migration", `"${textIn(of, member)}" is nothing that can happen to rows`, { line: of.line });
  return { [name]: found };
}

function memberOf({ of, line }: Members, name: string): GoValue {
  const value = of.get(name);
  if (!value) throw new ToolError("migration", `${name} is missing`, { line });
  return value;
}
