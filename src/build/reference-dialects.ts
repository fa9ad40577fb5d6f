import { join } from "node:path";
import type { Dialect } from "../core/ddl/dialect.ts";
import { tableImage } from "../core/ddl/image.ts";
import { renderStatement } from "../core/ddl/render.ts";
import { ToolError } from "../core/errors.ts";
import { type EnumType, emptySchema, type Field, type Schema } from "../core/schema/model.ts";
import { typeOf } from "../core/schema/resolve.ts";
import { fieldTypes, isSerial, type TypeParameters } from "../core/schema/types.ts";
import { abilities } from "./reference-abilities.ts";

/** A part of the page about a database. */
export interface DialectPart {
  /** `types of mysql`, `abilities of mysql`. */
  readonly name: string;
  readonly text: string;
}

/** For each dialect the tables of its types and of its abilities, which follow from its definition. */
export function dialectParts(dialects: readonly Dialect[]): readonly DialectPart[] {
  return dialects.flatMap((dialect) => {
    const parent = dialects.find(({ name }) => name === dialect.variantOf?.[0]);
    return [
      { name: `types of ${dialect.name}`, text: orAsParent(types, dialect, parent) },
      { name: `abilities of ${dialect.name}`, text: orAsParent(abilities, dialect, parent) },
    ];
  });
}

/** All of them, in the order of their folders. */
export async function allDialects(root: string): Promise<readonly Dialect[]> {
  const paths = [...new Bun.Glob("src/dialects/*/dialect.ts").scanSync({ cwd: root })].toSorted();
  const modules = await Promise.all(paths.map((path) => import(join(root, path)) as Promise<{ default: Dialect }>));
  return modules.map((module) => module.default);
}

/** What is not told twice, because it holds for the dialect that this one is a variant of. */
function orAsParent(write: (dialect: Dialect) => string, dialect: Dialect, parent: Dialect | undefined): string {
  const text = write(dialect);
  if (!parent || write({ ...parent, title: dialect.title }) !== text) return text;
  return `The same as those of ${parent.title}.`;
}

function types(dialect: Dialect): string {
  const rows = declared.map((field) => {
    const { column, back } = columnOf(dialect, field);
    return `| ${spelled(field)} | ${column} | ${back} |`;
  });
  const named = Object.entries(dialect.namedDefaults).map(
    ([name, sql]) => `| \`${name}\` | ${sql === "" ? "nothing like it" : `\`${text(sql)}\``} |`,
  );
  return [
    ["| type of a field | column | imported as, where that is another type |", "|---|---|---|", ...rows].join("\n"),
    ["| named default | SQL |", "|---|---|", ...named].join("\n"),
  ].join("\n\n");
}

// Numbers that nothing else in a type has, so that they can be told as letters.
const length = 77;
const precision = 33;
const scale = 11;
const digits = 4;

const letters: ReadonlyMap<number, string> = new Map([
  [length, "n"],
  [precision, "p"],
  [scale, "s"],
  [digits, "p"],
]);

const list: EnumType = { name: "mood", values: ["calm", "wild"] };

/** A field of each type; of each way to say it, where its parameters matter. */
const declared: readonly Field[] = [
  ...fieldTypes
    .filter((type) => type !== "foreign_key")
    .flatMap((type): readonly Partial<Field>[] => {
      if (type === "varchar" || type === "char") return [{ type, length }];
      if (type === "decimal") return [{ type }, { type, precision, scale }];
      if (type === "time" || type === "timestamp" || type === "timestamptz")
        return [{ type }, { type, precision: digits }];
      return [{ type }];
    }),
  { type: list.name },
].map((field) => ({ type: "", nullable: false, ...field, name: "x" }));

function spelled(type: TypeParameters): string {
  if (type.type === list.name) return "an [enum](schema.md#enums)";
  const parameters = (["length", "precision", "scale"] as const).flatMap((key) => {
    const value = type[key];
    return value === undefined ? [] : [`\`${key}\` ${letters.get(value) ?? value}`];
  });
  return [`\`${type.type}\``, ...parameters].join(", ");
}

/** Cells of the table: what the field becomes, and what that is read as. */
function columnOf(dialect: Dialect, field: Field): { readonly column: string; readonly back: string } {
  const schema: Schema = {
    ...emptySchema,
    ...(field.type === list.name && { enums: [list] }),
    tables: [
      {
        name: "t",
        // Some databases number keys only, others want a key that is no text.
        fields: isSerial(field.type) ? [field] : [{ name: "k", type: "integer", nullable: false }, field],
        primaryKey: [isSerial(field.type) ? "x" : "k"],
        indexes: [],
        foreignKeys: [],
      },
    ],
  };
  try {
    const table = tableImage(schema, "t", dialect);
    const [statement] = renderStatement({ kind: "createTable", table }, dialect);
    const column = table.columns.find(({ name }) => name === "x");
    if (!column || statement?.kind !== "execute") throw new Error(`${dialect.name}: no column for "${field.type}"`);
    const line = statement.sql.split("\n").find((text) => text.trim().startsWith(dialect.quote("x"))) ?? "";
    const whole = line.trim().slice(dialect.quote("x").length).replace(/,$/, "").trim();
    const check = table.constraints?.find((constraint) => "check" in constraint);
    const extra = check && "check" in check ? `, with the check ${code(check.check)}` : "";
    return {
      column: `${code(isSerial(field.type) ? whole : column.type)}${extra}`,
      back: isSerial(field.type) || field.type === list.name ? "" : readAs(dialect.fieldOf(column), field),
    };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { column: `none: ${text(error.message.replace(/^.*?: /, ""))}`, back: "" };
  }
}

function readAs(found: Omit<Field, "references">, field: Field): string {
  const same = JSON.stringify(typeOf(found)) === JSON.stringify(typeOf(field));
  return same ? "" : spelled(found);
}

const code = (sql: string): string => `\`${text(withLetters(sql))}\``;

const withLetters = (sql: string): string =>
  sql.replace(/(?<=[(,]\s*)\d+\b/g, (number) => letters.get(Number(number)) ?? number);

const text = (plain: string): string => plain.replaceAll("|", "\\|");
