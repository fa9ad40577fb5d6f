import * as v from "valibot";
import { ToolError } from "../errors.ts";

const text = v.pipe(v.string(), v.maxLength(1_000_000));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const names = v.array(name);

/** What a sequence is told, by the keys of Drizzle; numbers come as their digits. */
const sequenceOptions = v.record(name, v.union([text, v.boolean()]));

const column = v.object({
  name,
  type: text,
  notNull: v.optional(v.boolean()),
  primaryKey: v.optional(v.boolean()),
  numbered: v.optional(v.boolean()),
  unique: v.optional(v.object({ name: v.optional(name), nullsNotDistinct: v.optional(v.boolean()) })),
  default: v.optional(text),
  generated: v.optional(v.object({ as: text, stored: v.boolean() })),
  identity: v.optional(
    v.object({
      always: v.boolean(),
      name: v.optional(name),
      options: sequenceOptions,
    }),
  ),
  onUpdateNow: v.optional(v.boolean()),
  inProgram: v.optional(v.array(v.picklist(["default", "update"]))),
  left: v.optional(v.array(text)),
});

const index = v.object({
  name: v.optional(name),
  unique: v.boolean(),
  columns: v.array(
    v.object({
      column: v.optional(name),
      expression: v.optional(text),
      order: v.optional(v.picklist(["asc", "desc"])),
      nulls: v.optional(v.picklist(["first", "last"])),
      operatorClass: v.optional(name),
    }),
  ),
  method: v.optional(name),
  where: v.optional(text),
  with: v.optional(v.record(name, text)),
});

const action = v.optional(v.picklist(["cascade", "restrict", "no action", "set null", "set default"]));

const foreignKey = v.object({
  name: v.optional(name),
  columns: names,
  table: name,
  schema: v.optional(name),
  foreignColumns: names,
  onDelete: action,
  onUpdate: action,
});

const policy = v.object({
  name,
  table: name,
  schema: v.optional(name),
  restrictive: v.boolean(),
  command: v.optional(v.picklist(["all", "select", "insert", "update", "delete"])),
  roles: names,
  using: v.optional(text),
  check: v.optional(text),
});

const dialect = v.picklist(["postgresql", "sqlite", "mysql"]);
const schema = v.optional(name);

const table = v.object({
  dialect,
  name,
  schema,
  columns: v.array(column),
  keys: v.array(v.object({ name: v.optional(name), columns: names })),
  uniques: v.array(v.object({ name: v.optional(name), columns: names, nullsNotDistinct: v.optional(v.boolean()) })),
  indexes: v.array(index),
  checks: v.array(v.object({ name, check: text })),
  foreignKeys: v.array(foreignKey),
  policies: v.array(policy),
  rowSecurity: v.boolean(),
});

const view = v.object({
  dialect,
  name,
  schema,
  materialized: v.boolean(),
  query: v.optional(text),
  options: v.optional(v.record(name, text)),
  existing: v.optional(v.boolean()),
  left: v.optional(v.array(text)),
});

const recorded = v.object({
  tables: v.array(table),
  enums: v.array(v.object({ dialect, name, schema, values: v.array(text) })),
  views: v.array(view),
  policies: v.array(policy),
  sequences: v.array(v.object({ name, schema, options: sequenceOptions })),
  roles: v.array(v.object({ name })),
});

/** What the files of Drizzle tables declare. */
export type Recorded = v.InferOutput<typeof recorded>;
export type RecordedTable = Recorded["tables"][number];
export type RecordedColumn = RecordedTable["columns"][number];

/** What came out of the sandbox, checked. Throws ToolError `schema` for anything that the stand-ins of Drizzle do not make. */
export function readRecorded(value: unknown): Recorded {
  const result = v.safeParse(recorded, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = issue.path?.map(({ key }) => String(key)).join(".") ?? "";
  throw new ToolError("schema", `the files do not declare what Drizzle takes: ${path}: ${issue.message}`, { path });
}
