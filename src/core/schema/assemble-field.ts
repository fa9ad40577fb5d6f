import { nearest } from "../nearest.ts";
import { defaultActions } from "./actions.ts";
import type { DeclaredField, DeclaredReference } from "./declared.ts";
import { elementType } from "./enums.ts";
import { databasesOf, isLimited } from "./for-databases.ts";
import type { Merged } from "./merge.ts";
import type { DefaultValue, Field, ForeignKey } from "./model.ts";
import { foreignKeyName } from "./names.ts";
import type { Notes } from "./problem.ts";
import { fieldTypes, isKnownType, isLengthType, isSerial, isTimeType, type TypeParameters } from "./types.ts";

/** What a field is seen with. */
interface Surroundings {
  readonly merged: Merged;
  readonly notes: Notes;
  /** Whether it belongs to the primary key of its table. */
  readonly isKey: boolean;
  /** What messages call it, where it is not a field of a table. */
  readonly title?: string;
}

/** The field of the model with its foreign key. No field for `many_to_many`. */
export function assembleField(
  written: DeclaredField,
  table: string,
  around: Surroundings,
): { readonly field?: Field; readonly foreignKey?: ForeignKey } {
  const title = around.title ?? `field "${table}.${written.name}"`;
  const note: Note = {
    wrong: (message, key) =>
      around.notes.problems.push({
        message: `${title}: ${message}`,
        position: written.at(key),
      }),
    odd: (message, key) =>
      around.notes.warnings.push({
        message: `${title}: ${message}`,
        position: written.at(key),
      }),
  };
  const declared = ofEnum(written, around.merged);
  const known = hasKnownType(declared, around.merged, note);
  if (known) checkRelations(declared, note);
  if (declared.type === "many_to_many") return {};
  if (known) checkTimes(declared, note);
  checkSources(declared, note);
  const value = defaultOf(declared, around.merged, note);
  // Member by member: thousands of fields come through here, and a spread takes several times as long.
  const field: { -readonly [K in keyof Field]: Field[K] } = {
    name: declared.name,
    // A field of unknown type stays, so that what refers to it is not reported as well.
    ...(known ? typeParameters(declared, around.merged, note) : { type: "text" }),
    // A key is never NULL, whatever the schema says about it.
    nullable: !around.isKey && (declared.nullable ?? true),
  };
  if (value !== undefined) field.default = value;
  if (declared.type === "foreign_key") field.references = declared.foreignKey?.table ?? "";
  if (declared.autoCreate) field.autoCreate = true;
  if (declared.autoUpdate) field.autoUpdate = true;
  if (declared.generated) field.generated = declared.generated;
  if (declared.identity) field.identity = declared.identity;
  if (declared.sequence) field.sequence = declared.sequence;
  if (declared.collation !== undefined) field.collation = declared.collation;
  if (declared.options) field.options = declared.options;
  if (declared.comment !== undefined) field.comment = declared.comment;
  if (declared.inherited) field.inherited = true;
  if (declared.only) field.only = declared.only;
  if (declared.except) field.except = declared.except;
  if (!declared.foreignKey) return { field };
  const key = foreignKeyOf(table, declared.name, declared.foreignKey);
  return { field, foreignKey: isLimited(key) ? key : { ...key, ...databasesOf(declared) } };
}

/** The name of an enum or a domain keeps its case; it goes before a field type of that name in lower case. */
function ofEnum(field: DeclaredField, { enums, domains }: Merged): DeclaredField {
  if (enums.length + domains.length === 0) return field;
  const type = field.spelling ?? field.type;
  return [...enums, ...domains].some(({ name }) => name === elementType(type))
    ? { ...field, type, native: true }
    : field;
}

interface Note {
  readonly wrong: (message: string, key: string) => void;
  readonly odd: (message: string, key: string) => void;
}

function hasKnownType(field: DeclaredField, merged: Merged, note: Note): boolean {
  const { type } = field;
  if (type === "") return false;
  if (field.native || isKnownType(type) || type === "many_to_many" || templates(merged, type).length > 0) return true;
  const mapped = Object.values(merged.typeMappings).flatMap((entries) => Object.keys(entries));
  const near =
    otherNames[type] ??
    nearest(type, [
      ...fieldTypes,
      "many_to_many",
      ...mapped,
      ...[...merged.enums, ...merged.domains].map(({ name }) => name),
    ]);
  note.wrong(
    `unknown type "${type}"; ${near ? `did you mean "${near}"? ` : `use ${fieldTypes.join(", ")} or many_to_many; `}${near ? "A" : "a"} type of the database itself is written type: { native: ${type} }`,
    "type",
  );
  return false;
}

/** What other tools call the field types. */
const otherNames: Readonly<Record<string, string>> = {
  int: "integer",
  int4: "integer",
  int8: "bigint",
  biginteger: "bigint",
  smallinteger: "smallint",
  tinyint: "smallint",
  string: "varchar",
  bool: "boolean",
  datetime: "timestamp",
  numeric: "decimal",
  real: "float",
  binary: "bytes",
  bytea: "bytes",
  blob: "bytes",
  autoincrement: "serial",
  references: "foreign_key",
  m2m: "many_to_many",
};

/** The templates that the type mappings of all databases have for a type. */
const templates = (merged: Merged, type: string): readonly string[] =>
  Object.values(merged.typeMappings).flatMap((entries) => (Object.hasOwn(entries, type) ? (entries[type] ?? []) : []));

function checkRelations(field: DeclaredField, note: Note): void {
  if (field.type === "foreign_key" && !field.foreignKey)
    note.wrong(`a foreign_key field needs foreign_key: { table: … }`, "type");
  if (field.type === "many_to_many" && !field.manyToMany)
    note.wrong(`a many_to_many field needs many_to_many: { table: … }`, "type");
  if (field.type !== "many_to_many" && field.manyToMany)
    note.wrong(`"many_to_many" belongs to type many_to_many, not to "${field.type}"`, "many_to_many");
  if (field.type !== "many_to_many") return;
  const wrong = {
    default: field.default !== undefined,
    primary_key: field.primaryKey,
    foreign_key: field.foreignKey,
    renamed_from: field.renamedFrom !== undefined,
  };
  for (const [key, given] of Object.entries(wrong))
    if (given) note.wrong(`"${key}" means nothing for a many_to_many field, which has no column`, key);
}

/** A value comes from one place. */
function checkSources(field: DeclaredField, note: Note): void {
  if (!field.sequence && !field.generated && !field.identity) return;
  const sources = {
    generated: field.generated !== undefined,
    identity: field.identity !== undefined,
    default: field.default !== undefined && field.default !== "",
    auto_create: field.autoCreate === true,
    [`type: ${field.type}`]: isSerial(field.type),
  };
  if (field.sequence && !isSerial(field.type))
    note.wrong(`"sequence" belongs to a serial field, not to type "${field.type}"`, "sequence");
  const given = Object.entries(sources).flatMap(([key, is]) => (is ? [key] : []));
  const [first, second] = given;
  if (second === undefined || !(field.generated || field.identity)) return;
  note.wrong(`"${first}" and "${second}" both say where its values come from; keep one of the two`, first ?? "name");
}

function checkTimes(field: DeclaredField, note: Note): void {
  if (!field.autoCreate && !field.autoUpdate) return;
  if (field.type === "timestamp" || field.type === "timestamptz" || /^(?:datetime|timestamp)\b/i.test(field.type))
    return;
  for (const [key, given] of Object.entries({ auto_create: field.autoCreate, auto_update: field.autoUpdate })) {
    if (given) note.wrong(`"${key}" needs a timestamp or timestamptz field, not "${field.type}"`, key);
  }
}

/** The type and those of its parameters that mean something for it or for a type mapping of it. */
function typeParameters(field: DeclaredField, merged: Merged, note: Note): TypeParameters {
  if (isLengthType(field.type) && field.length === undefined)
    note.wrong(`type "${field.type}" needs a "length"`, "type");
  checkDecimal(field, note);
  if (field.length === undefined && field.precision === undefined && field.scale === undefined)
    return { type: field.type };
  const meant = {
    length: isLengthType(field.type) || field.type === "text",
    precision: field.type === "decimal" || isTimeType(field.type),
    scale: field.type === "decimal",
  };
  const kept: { -readonly [K in keyof TypeParameters]: TypeParameters[K] } = { type: field.type };
  for (const key of ["length", "precision", "scale"] as const) {
    const value = field[key];
    if (value === undefined) continue;
    const template = new RegExp(`\\{\\{\\s*\\.${key}\\s*\\}\\}`, "i");
    if (meant[key] || templates(merged, field.type).some((text) => template.test(text))) kept[key] = value;
    else note.odd(`"${key}" means nothing for type "${field.type}" and is ignored`, key);
  }
  return kept;
}

function checkDecimal(field: DeclaredField, note: Note): void {
  if (field.type !== "decimal") return;
  const { precision, scale } = field;
  if (precision === undefined && scale !== undefined) note.wrong(`"scale" needs a "precision"`, "scale");
  else if (precision === undefined)
    note.odd(
      `without "precision" each database has its own idea of a decimal, some without digits after the point`,
      "type",
    );
  else if (scale !== undefined && scale > precision)
    note.wrong(`"scale" ${scale} is larger than "precision" ${precision}`, "scale");
}

function defaultOf(field: DeclaredField, merged: Merged, note: Note): DefaultValue | undefined {
  const value = field.default;
  if (value === undefined) return undefined;
  if (value === "") {
    note.odd(
      `an empty default means no default, as it always did; for the empty text write default: { value: "" } or the named default blank`,
      "default",
    );
    return undefined;
  }
  if (isSerial(field.type)) {
    note.wrong(`a ${field.type} field is numbered by the database and cannot have a default`, "default");
    return undefined;
  }
  // The time of insertion is a default too and wins over the other one.
  if (field.autoCreate) return undefined;
  // YAML reads the names true and false as booleans.
  const named =
    typeof value === "boolean" &&
    Object.values(merged.defaults).some((entries) => Object.hasOwn(entries, String(value)));
  return named ? String(value) : value;
}

const foreignKeyOf = (
  table: string,
  field: string,
  { table: target, name, onDelete, onUpdate, ...options }: DeclaredReference,
): ForeignKey => ({
  ...options,
  name: name ?? foreignKeyName(table, [field]),
  fields: [field],
  references: { table: target },
  onDelete: onDelete ?? defaultActions.onDelete,
  onUpdate: onUpdate ?? defaultActions.onUpdate,
});
