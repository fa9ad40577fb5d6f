import { actionSpellings } from "./actions.ts";
import { databaseNames, databaseSpellings } from "./databases.ts";
import { enumNamePattern } from "./enums.ts";
import { deferrables, type partitionMethods, rowSecurities, sequenceTypes } from "./model.ts";
import { flagWords } from "./part.ts";
import type { enumKeys, includeKeys, labelKeys, primaryKeyKeys, tableKeys, targetKeys, topKeys } from "./read.ts";
import type { domainCheckKeys, domainKeys, extensionKeys, sequenceKeys } from "./read-beside-tables.ts";
import type { fieldKeys, generatedKeys, keyOptionKeys, manyToManyKeys, referenceKeys } from "./read-field.ts";
import type { grantKeys } from "./read-grants.ts";
import type { constraintKeys, elementKeys, indexKeys } from "./read-index.ts";
import type { objectKeys, viewKeys } from "./read-managed.ts";
import type { namespaceKeys } from "./read-namespaces.ts";
import type { identityKeys, ownSequenceKeys } from "./read-sequence.ts";
import type { partitionElementKeys, partitionOfKeys } from "./read-tree.ts";
import { fieldTypes, nativeTypePattern } from "./types.ts";

/** A JSON Schema (draft 7, which editors know best), as far as it is used here. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * What a schema file may look like, for editors. It says of each key that the reader takes what stands under it (a key without an entry does not
 * compile), and lets through what the reader takes; what only the reader can tell, names that are given twice, it takes as well.
 */
export function schemaFileShape(): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A schema of godwit",
    ...mapping<Keys<typeof topKeys>>({
      tables: list(ref("table")),
      namespaces: list(
        anyOf(
          namespaceName,
          mapping<Keys<typeof namespaceKeys>>({ name: namespaceName, comment: text, ...forDatabases }, ["name"]),
        ),
      ),
      extensions: list(anyOf({ type: "string", minLength: 1 }, ref("extension"))),
      enums: list(ref("enum")),
      domains: list(ref("domain")),
      sequences: list(ref("sequence")),
      views: list(ref("view")),
      objects: list(ref("object")),
      include: list(ref("include")),
      defaults: perDatabase(orNothing(text)),
      type_mappings: perDatabase(name),
      database: mapping<Keys<typeof labelKeys>>({
        name: text,
        version: text,
        migration_version: text,
        type: text,
        description: text,
      }),
    }),
    definitions: definitions(),
  };
}

type Keys<L extends readonly string[]> = L[number];

const text: JsonSchema = { type: ["string", "number", "boolean"] };
const name: JsonSchema = { type: ["string", "number", "boolean"], minLength: 1 };
const namespaceName: JsonSchema = { type: ["string", "integer", "boolean"], pattern: "^[^.]+$" };
const sql: JsonSchema = { type: ["string", "number", "boolean"], pattern: "\\S" };
const count = (minimum: number): JsonSchema => ({ type: "integer", minimum, maximum: Number.MAX_SAFE_INTEGER });
const whole: JsonSchema = { type: ["integer", "string"], pattern: "^-?\\d+$" };
const list = (items: JsonSchema): JsonSchema => ({ type: "array", items });
const names: JsonSchema = { type: "array", items: name, minItems: 1, uniqueItems: true };
const ref = (definition: string): JsonSchema => ({ $ref: `#/definitions/${definition}` });
const anyOf = (...schemas: readonly JsonSchema[]): JsonSchema => ({ anyOf: schemas });
const flag = ref("flag");

/** Words in upper and lower case; JSON Schema has no flag for it. */
function inAnyCase(words: readonly string[]): string {
  const letter = (c: string) => (/[a-z]/i.test(c) ? `[${c.toLowerCase()}${c.toUpperCase()}]` : c);
  return `^(?:${words.map((word) => Array.from(word, letter).join("")).join("|")})$`;
}

/** One of some words; an editor offers those. */
const word = (words: readonly string[], pattern = inAnyCase(words)): JsonSchema =>
  anyOf({ enum: words }, { type: "string", pattern });

const database = word(databaseNames, inAnyCase(databaseSpellings));
const databases = anyOf(database, { type: "array", items: database, minItems: 1 });
const forDatabases = { only: databases, except: databases };

/** A mapping with these keys. What is not required may also stand there without a value. */
function mapping<K extends string>(
  properties: Readonly<Record<K, JsonSchema>>,
  required: readonly NoInfer<K>[] = [],
): JsonSchema {
  const entries = Object.entries<JsonSchema>(properties).map(([key, schema]) => [
    key,
    (required as readonly string[]).includes(key) ? schema : orNothing(schema),
  ]);
  return {
    type: "object",
    properties: Object.fromEntries(entries),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function orNothing(schema: JsonSchema): JsonSchema {
  const { type, anyOf: choices } = schema;
  if (typeof type === "string" && !("enum" in schema)) return { ...schema, type: [type, "null"] };
  if (Array.isArray(type)) return { ...schema, type: [...type, "null"] };
  return { anyOf: [...(Array.isArray(choices) ? choices : [schema]), { type: "null" }] };
}

/** Editors offer the proper names of databases, and take the other spellings. */
function perDatabase(value: JsonSchema): JsonSchema {
  const entries = { type: ["object", "null"], additionalProperties: value };
  return {
    type: "object",
    properties: Object.fromEntries(databaseNames.map((database) => [database, entries])),
    patternProperties: { [inAnyCase(databaseSpellings)]: entries },
    additionalProperties: false,
  };
}

const definitions = (): JsonSchema => ({ ...partsOfTables(), ...besideTables(), ...lists() });

const partitionElement = anyOf(
  { type: "string", minLength: 1 },
  mapping<Keys<typeof partitionElementKeys>>({ field: name, expression: sql, collation: name, operator_class: name }),
);
const partitionFields = anyOf({ type: "string", minLength: 1 }, { ...list(partitionElement), minItems: 1 });

const primaryKey = (): JsonSchema =>
  anyOf(
    names,
    mapping<Keys<typeof primaryKeyKeys>>({ name, fields: names, include: names, deferrable, comment: text }),
  );

const partsOfTables = (): JsonSchema => ({
  table: mapping<Keys<typeof tableKeys>>(
    {
      name,
      fields: list(ref("field")),
      primary_key: primaryKey(),
      indexes: list(ref("index")),
      foreign_keys: list(ref("foreign_key")),
      constraints: list(ref("constraint")),
      options: perDatabase(orNothing(text)),
      comment: text,
      row_security: word(rowSecurities),
      grants: list(ref("grant")),
      partition_by: {
        ...mapping<Keys<typeof partitionMethods>>({
          range: partitionFields,
          list: partitionFields,
          hash: partitionFields,
        }),
        minProperties: 1,
        maxProperties: 1,
      },
      partition_of: mapping<Keys<typeof partitionOfKeys>>({ table: name, values: sql }, ["table", "values"]),
      inherits: anyOf({ type: "string", minLength: 1 }, names),
      renamed_from: name,
      ...forDatabases,
    },
    ["name"],
  ),
  flag: anyOf({ type: "boolean" }, { type: "string", pattern: inAnyCase(flagWords) }),
  action: actionShape,
  field: field(),
  index: index(),
  constraint: constraint(),
  element: mapping<Keys<typeof elementKeys>>(element),
  foreign_key: mapping<"name" | "fields" | "references" | Keys<typeof keyOptionKeys>>(
    {
      name,
      fields: names,
      references: anyOf(
        { type: "string", minLength: 1 },
        mapping<Keys<typeof targetKeys>>({ table: name, fields: names }, ["table"]),
      ),
      ...keyOptions,
    },
    ["fields", "references"],
  ),
});

const lists = (): JsonSchema => ({
  extension: mapping<Keys<typeof extensionKeys>>({ name, version: name, namespace: name, ...forDatabases }, ["name"]),
  sequence: mapping<Keys<typeof sequenceKeys>>(
    {
      name,
      type: word(sequenceTypes),
      ...sequenceOptions,
      owned_by: { type: "string", pattern: ".\\.." },
      comment: text,
      ...forDatabases,
    },
    ["name"],
  ),
  domain: mapping<Keys<typeof domainKeys>>(
    {
      name: { type: ["string", "boolean"], pattern: enumNamePattern.source },
      type: fieldType,
      length: count(1),
      precision: count(0),
      scale: count(0),
      nullable: flag,
      default: defaultShape,
      collation: name,
      check: sql,
      checks: list(mapping<Keys<typeof domainCheckKeys>>({ name, check: sql, not_valid: flag }, ["check"])),
      comment: text,
      ...forDatabases,
    },
    ["name", "type"],
  ),
});

const besideTables = (): JsonSchema => ({
  enum: mapping<Keys<typeof enumKeys>>(
    {
      name: { type: ["string", "boolean"], pattern: enumNamePattern.source },
      values: { type: "array", items: text, minItems: 1, uniqueItems: true },
      comment: text,
      ...forDatabases,
    },
    ["name", "values"],
  ),
  view: mapping<Keys<typeof viewKeys>>(
    {
      name,
      query: sql,
      columns: names,
      materialized: flag,
      options: parameters,
      comment: text,
      column_comments: { type: "object", additionalProperties: orNothing(text) },
      indexes: list(ref("index")),
      grants: list(ref("grant")),
      depends_on: names,
      ...forDatabases,
    },
    ["name", "query"],
  ),
  grant: grant(),
  object: mapping<Keys<typeof objectKeys>>(
    {
      kind: { type: ["string", "boolean"], pattern: "^[A-Za-z]+(?:[_ ][A-Za-z]+)*$" },
      name,
      table: name,
      definition: sql,
      drop: sql,
      comment: text,
      depends_on: names,
      ...forDatabases,
    },
    ["kind", "name", "definition"],
  ),
  include: anyOf(
    { type: "string", minLength: 1 },
    mapping<Exclude<Keys<typeof includeKeys>, "module">>({ path: name, package: name }, ["path"]),
  ),
});

const grant = (): JsonSchema =>
  mapping<Keys<typeof grantKeys>>(
    {
      to: name,
      privileges: {
        type: "array",
        items: { type: ["string", "boolean"], pattern: "^\\s*[A-Za-z]+\\s*(?:\\([^()]+\\))?\\s*$" },
        minItems: 1,
      },
      with_grant_option: flag,
    },
    ["to", "privileges"],
  );

const action = ref("action");
const actionShape = word(actionSpellings, `^$|${inAnyCase(actionSpellings).replaceAll("_", "[\\s_-]+")}`);
const deferrable = anyOf({ enum: deferrables }, { type: "boolean" });
const keyOptions: Readonly<Record<Keys<typeof keyOptionKeys>, JsonSchema>> = {
  on_delete: action,
  on_update: action,
  on_delete_fields: names,
  deferrable,
  not_valid: flag,
  match_full: flag,
  comment: text,
  ...forDatabases,
};

const otherTypes = [
  { type: "string", minLength: 1 },
  mapping({ native: { type: ["string", "boolean"], pattern: nativeTypePattern.source } }, ["native"]),
];
const fieldType = anyOf({ enum: fieldTypes }, ...otherTypes);
const defaultShape = anyOf(
  { type: ["string", "number", "boolean"] },
  mapping({ sql: text }, ["sql"]),
  mapping({ value: text }, ["value"]),
);
const sequenceOptions = { start: whole, increment: whole, min: whole, max: whole, cache: whole, cycle: flag };
const ownSequence = { name, type: word(sequenceTypes), ...sequenceOptions, comment: text };

const field = (): JsonSchema =>
  mapping<Keys<typeof fieldKeys>>(
    {
      name,
      type: anyOf({ enum: [...fieldTypes, "many_to_many"] }, ...otherTypes),
      primary_key: flag,
      nullable: flag,
      default: defaultShape,
      length: count(1),
      precision: count(0),
      scale: count(0),
      auto_create: flag,
      auto_update: flag,
      foreign_key: mapping<Keys<typeof referenceKeys>>({ table: name, name, ...keyOptions }, ["table"]),
      many_to_many: mapping<Keys<typeof manyToManyKeys>>({ table: name, through: name }, ["table"]),
      unique: flag,
      index: flag,
      check: sql,
      generated: anyOf(
        { type: "string", pattern: "\\S" },
        mapping<Keys<typeof generatedKeys>>({ as: sql, stored: flag }, ["as"]),
      ),
      identity: anyOf(
        { enum: [true, false, "always", "by_default"] },
        mapping<Keys<typeof identityKeys>>({ always: flag, ...ownSequence }),
      ),
      sequence: mapping<Keys<typeof ownSequenceKeys>>(ownSequence),
      collation: name,
      options: perDatabase(orNothing(text)),
      comment: text,
      inherited: flag,
      renamed_from: name,
      ...forDatabases,
    },
    ["name", "type"],
  );

const parameters: JsonSchema = {
  type: "object",
  propertyNames: { pattern: "^[A-Za-z_][\\w.]*$" },
  additionalProperties: orNothing(text),
};
const method: JsonSchema = { type: ["string", "boolean"], pattern: "^(?:[A-Za-z_]\\w*)?$" };
const index = (): JsonSchema =>
  mapping<Keys<typeof indexKeys>>(
    {
      name,
      fields: anyOf(names, {
        type: "array",
        items: anyOf(name, ref("element")),
        contains: { type: "object" },
      }),
      unique: flag,
      method,
      where: text,
      include: names,
      nulls_not_distinct: flag,
      with: parameters,
      comment: text,
      foreign_key: {},
      from_fk: {},
      ...forDatabases,
    },
    ["name", "fields"],
  );

const element = {
  field: name,
  expression: sql,
  order: word(["asc", "desc"]),
  nulls: word(["first", "last"]),
  collation: name,
  operator_class: name,
  prefix: { type: "integer", minimum: 1 },
} satisfies Readonly<Record<Keys<typeof elementKeys>, JsonSchema>>;

/** Each kind has keys of its own; all of them are listed so that an editor can offer them. */
const constraint = (): JsonSchema =>
  mapping<Keys<typeof constraintKeys>>({
    name,
    check: sql,
    unique: names,
    exclude: {
      type: "array",
      items: mapping({ ...element, with: { type: "string", pattern: "^[-+*/<>=~!@#%^&|`?]+$" } }, ["with"]),
      minItems: 1,
    },
    no_inherit: flag,
    not_valid: flag,
    include: names,
    nulls_not_distinct: flag,
    deferrable,
    method,
    where: text,
    comment: text,
    ...forDatabases,
  });
