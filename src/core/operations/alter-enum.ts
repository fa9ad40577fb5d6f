import * as v from "valibot";
import { alterEnum } from "../ddl/enums.ts";
import type { Statement } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import { addedValues, enumsOf, getEnum, sameEnum, withEnums } from "../schema/enums.ts";
import type { EnumType, Schema } from "../schema/model.ts";
import { defineOperation } from "./define.ts";
import { enumFrom, enumName, enumParamsOf, enumValues, enumWordEntries, valueMap } from "./enum-params.ts";
import { tickets, ticketsRows } from "./example-schema.ts";
import { madeAnew } from "./made-anew.ts";
import { described, flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "alterEnum",
  summary:
    "Gives an enum other values. Values are added in place and renamed; where one goes or moves, the type is made anew and rows are converted.",
  params: v.strictObject({
    name: enumName,
    values: described(enumValues, "All its values from now on, in their order."),
    ...enumWordEntries,
    renames: v.exactOptional(described(valueMap, "Value → its new name. Rows and defaults follow.")),
    mapping: v.exactOptional(described(valueMap, "Value that goes → the one that rows with it get.")),
    schemaOnly,
    ignoreErrors,
  }),
  risk: (p, before) => (goingValues(p, before).length > 0 ? "lossy" : "safe"),
  title: (p) => `alter enum "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => {
    const old = getEnum(schema, p.name);
    checkMaps(old, p);
    if (sameEnum(old, p))
      throw new ToolError("state", `enum "${p.name}" has these values already at this point`, { enum: p.name });
    const renamed = (value: unknown) =>
      typeof value === "string" && Object.hasOwn(p.renames ?? {}, value) ? p.renames?.[value] : value;
    const enums = enumsOf(schema).map((e) => (e === old ? enumFrom(p) : e));
    const tables = schema.tables.map((table) =>
      table.fields.some((field) => field.type === p.name && field.default !== renamed(field.default))
        ? {
            ...table,
            fields: table.fields.map((field) =>
              field.type === p.name && typeof field.default === "string"
                ? { ...field, default: String(renamed(field.default)) }
                : field,
            ),
          }
        : table,
    );
    return withEnums({ ...schema, tables }, enums);
  },
  lower: (p, context) => {
    const statements = alterEnum(p, context);
    const remakes = statements.some(({ kind }) => kind === "remakeEnum");
    const described = remakes ? p.comment !== undefined : getEnum(context.before, p.name).comment !== p.comment;
    return [
      ...(remakes ? madeAnew(p.name, statements, context) : statements),
      ...(described && context.dialect.enums.kind === "types" ? [commentOn(p)] : []),
    ];
  },
  invert: (p, before) => {
    const found = getEnum(before, p.name);
    const reversed = (map: Values["renames"] = {}) => Object.entries(map).map(([from, to]) => [to, from] as const);
    // What rows got in place of a value that went goes back, where it was no value before.
    const back = reversed(p.mapping).filter(([to]) => !found.values.includes(to));
    return [
      {
        kind: "alterEnum",
        ...enumParamsOf(found),
        ...(p.renames && { renames: Object.fromEntries(reversed(p.renames)) }),
        ...(back.length > 0 && { mapping: Object.fromEntries(back) }),
        ...flagsOf(p),
      },
    ];
  },
  examples: [
    {
      title: "a value between others",
      before: tickets,
      rows: ticketsRows,
      params: { name: "ticket_state", values: ["open", "waiting", "it's done"] },
    },
    {
      title: "a description",
      before: tickets,
      rows: ticketsRows,
      params: { name: "ticket_state", values: ["open", "it's done"], comment: "where it's at" },
    },
    {
      title: "a value under another name",
      before: tickets,
      rows: ticketsRows,
      params: { name: "ticket_state", values: ["new", "it's done"], renames: { open: "new" } },
    },
    {
      title: "a value goes, and rows with it get another",
      before: tickets,
      rows: ticketsRows,
      params: { name: "ticket_state", values: ["open", "closed"], mapping: { "it's done": "closed" } },
    },
  ],
});

const commentOn = ({ name, comment }: Values): Statement => ({
  kind: "commentType",
  name,
  ...(comment !== undefined && { comment }),
});

interface Values extends EnumType {
  readonly renames?: Readonly<Record<string, string>>;
  readonly mapping?: Readonly<Record<string, string>>;
}

function goingValues(p: Values, before: Schema): readonly string[] {
  const old = renamedValues(getEnum(before, p.name), p);
  return addedValues(old, { name: p.name, values: p.values }) === undefined
    ? old.values.filter((value) => !p.values.includes(value))
    : [];
}

const renamedValues = (e: EnumType, { renames = {} }: Values): EnumType => ({
  ...e,
  values: e.values.map((value) => (Object.hasOwn(renames, value) ? (renames[value] ?? value) : value)),
});

function checkMaps(old: EnumType, p: Values): void {
  const wrong = (what: string, value: string): ToolError =>
    new ToolError("state", `enum "${p.name}" ${what} "${value}" at this point`, { enum: p.name, value });
  for (const [from, to] of Object.entries({ ...p.renames, ...p.mapping })) {
    if (!old.values.includes(from)) throw wrong("has no value", from);
    if (!p.values.includes(to)) throw wrong("is not to have the value", to);
  }
}
