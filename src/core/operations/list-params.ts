import * as v from "valibot";
import type { Listed, ListKey } from "../schema/beside-tables.ts";
import type { ForDatabases, Sequence } from "../schema/model.ts";
import {
  databasesEntries,
  described,
  name,
  sequenceEntries,
  sequenceType,
  sqlExpression,
  text,
} from "./basic-params.ts";
import { enumName } from "./enum-params.ts";
import { withoutFalse } from "./field.ts";
import { defaultValue, plainFieldEntries } from "./params.ts";

/** An extension as `createExtension` and `alterExtension` take it. */
export const extensionEntries = {
  name: described(name, "Name of the extension."),
  version: v.exactOptional(described(name, "Absent: whichever the database has.")),
  namespace: v.exactOptional(described(name, "The namespace that its objects are in. Absent: where the rest is.")),
  ...databasesEntries,
};

/** A sequence as `createSequence` and `alterSequence` take it. */
export const sequenceParamEntries = {
  name: described(name, "Name of the sequence."),
  type: v.exactOptional(described(sequenceType, "Type in which it counts. Absent: bigint.")),
  ...sequenceEntries,
  ownedBy: v.exactOptional(
    described(
      v.pipe(v.string(), v.regex(/.\../, "not a field with its table")),
      "A field with its table, users.id, with which the sequence goes.",
    ),
  ),
  comment: v.exactOptional(described(text, "What the database keeps as its description.")),
  ...databasesEntries,
};

const domainCheck = v.strictObject({
  name: described(name, "Name of the constraint."),
  check: described(sqlExpression, "SQL condition over VALUE."),
  notValid: v.exactOptional(described(v.boolean(), "Values that were there before it need not satisfy it.")),
});

/** A domain as `createDomain` and `alterDomain` take it. */
export const domainEntries = {
  name: described(enumName, "Name of the domain: a field is of it by having this as its type."),
  type: plainFieldEntries.type,
  length: plainFieldEntries.length,
  precision: plainFieldEntries.precision,
  scale: plainFieldEntries.scale,
  notNull: v.exactOptional(described(v.boolean(), "No value of it may be NULL. Absent: it may.")),
  default: v.exactOptional(described(defaultValue, "Of columns that have none of their own.")),
  collation: v.exactOptional(described(name, "Name of the order in which its texts are compared.")),
  checks: v.exactOptional(described(v.array(domainCheck), "What its values must satisfy.")),
  comment: v.exactOptional(described(text, "What the database keeps as its description.")),
  ...databasesEntries,
};

const extensionParams = v.strictObject(extensionEntries);
const sequenceParams = v.strictObject(sequenceParamEntries);
const domainParams = v.strictObject(domainEntries);

export interface ListParams {
  readonly extensions: v.InferOutput<typeof extensionParams>;
  readonly sequences: v.InferOutput<typeof sequenceParams>;
  readonly domains: v.InferOutput<typeof domainParams>;
}

interface Flags {
  readonly schemaOnly?: boolean;
  readonly ignoreErrors?: boolean;
}

/** What the parameters of an operation say of something that a schema lists; what goes without saying is left out. */
export function listedFrom<K extends ListKey>(p: ListParams[K] & Flags): Listed[K] {
  const { kind: _, schemaOnly: __, ignoreErrors: ___, ...thing } = p as typeof p & { readonly kind?: string };
  const { checks, ...rest } = withoutFalse(thing) as { readonly checks?: readonly object[] } & ForDatabases;
  return {
    ...rest,
    ...(rest.only && { only: rest.only.toSorted() }),
    ...(rest.except && { except: rest.except.toSorted() }),
    ...(checks?.length && { checks: checks.map(withoutFalse) }),
  } as unknown as Listed[K];
}

export const sequenceFrom = (p: ListParams["sequences"] & Flags): Sequence => {
  const { type, ...sequence } = listedFrom<"sequences">(p);
  const short = (value: unknown): unknown =>
    typeof value === "string" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  const numbers = Object.fromEntries(
    (["start", "increment", "min", "max", "cache"] as const).flatMap((key) =>
      sequence[key] === undefined ? [] : [[key, short(sequence[key])]],
    ),
  );
  return { ...sequence, ...numbers, ...(type && type !== "bigint" && { type }) };
};

/** The parameters that say it. */
export const paramsOf = <K extends ListKey>(thing: Listed[K]): ListParams[K] =>
  ("checks" in thing && thing.checks
    ? { ...thing, checks: thing.checks.map((check) => ({ ...check })) }
    : { ...thing }) as unknown as ListParams[K];
