import * as v from "valibot";
import {
  type DiffAnswers,
  type OneOffAnswer,
  type RenameAnswer,
  type TypeChangeAnswer,
  type TypeChangeMethod,
  typeChangeMethods,
} from "../core/diff/question.ts";
import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import type { Schema } from "../core/schema/model.ts";
import { schemaError } from "../core/schema/problem.ts";
import { namesOf, type ThingKind, thingKinds } from "../core/schema/rename-things.ts";
import { findTable } from "../core/schema/resolve.ts";
import { readText } from "./files.ts";
import { parseYaml } from "./yaml.ts";

/** What to do with an operation that may lose data. */
export const decisions = ["generate", "review", "omit", "ignore", "exit"] as const;
export type Decision = (typeof decisions)[number];

/** Answers to all questions that `generate` may ask. */
export interface Answers {
  readonly diff: DiffAnswers;
  /** `drop_field users.bio`, `drop_field` or `all` → what to do; the first of these that is there counts. */
  readonly destructive: ReadonlyMap<string, Decision>;
  /** How columns get another type; the last that fits counts. */
  readonly typeChanges: readonly TypeChangeAnswer[];
}

export const noAnswers: Answers = { diff: {}, destructive: new Map(), typeChanges: [] };

/** Reads an answers file (YAML or JSON). `to` is the schema that its names refer to. Throws ToolError `file`, `schema` or `usage`. */
export async function readAnswers(path: string, to: Schema): Promise<Answers> {
  const { value, problems } = parseYaml(await readText(path), path);
  if (problems.length > 0) throw schemaError(problems);
  return answersFrom(value ?? {}, to);
}

/** The order of heads that an answers file gives, if it does. Throws ToolError `file`, `schema` or `usage`. */
export async function readOrder(path: string): Promise<readonly string[] | undefined> {
  const { value, problems } = parseYaml(await readText(path), path);
  if (problems.length > 0) throw schemaError(problems);
  return documentOf(value ?? {}).order;
}

/** The content of an answers file as answers. Throws ToolError `usage` for what is not one or names nothing. */
export function answersFrom(document: unknown, to: Schema): Answers {
  const {
    renames = {},
    no_renames,
    one_off = {},
    no_one_off,
    destructive = {},
    type_changes = {},
  } = documentOf(document);
  return {
    diff: {
      renames: Object.entries(renames).map(([id, from]) => ({ ...placeOf(id, to), from })),
      ...(no_renames && { noRenames: true }),
      oneOff: Object.entries(one_off).map(([id, sql]) => oneOff(id, String(sql), to)),
      ...(no_one_off && { noOneOff: true }),
    },
    destructive: new Map(Object.entries(destructive)),
    typeChanges: Object.entries(type_changes).map(([id, method]) => typeChange(id, method, to)),
  };
}

export interface AnswerFlags {
  /** `old:new`, `table.old:new`, `none`. */
  readonly renames?: readonly string[] | undefined;
  /** `table.field=SQL`, `none`. */
  readonly oneOff?: readonly string[] | undefined;
  /** `omit`, `drop_field=omit`, `drop_field users.bio=omit`. */
  readonly onDestructive?: readonly string[] | undefined;
  /** `using`, `new_column`, `table.field=new_column`. */
  readonly typeChanges?: readonly string[] | undefined;
}

/** The answers that flags give. Throws ToolError `usage` for what cannot be read or names nothing. */
export function answersFromFlags(flags: AnswerFlags, to: Schema): Answers {
  const { renames = [], oneOff: values = [], onDestructive = [], typeChanges = [] } = flags;
  return {
    diff: {
      renames: renames.filter((text) => text !== "none").map((text) => renameFromFlag(text, to)),
      ...(renames.includes("none") && { noRenames: true }),
      oneOff: values
        .filter((text) => text !== "none")
        .map((text) => {
          const [id, sql] = splitAt(text, text.indexOf("="), `--one-off takes table.field=SQL or none, not "${text}"`);
          return oneOff(id, sql, to);
        }),
      ...(values.includes("none") && { noOneOff: true }),
    },
    destructive: new Map(onDestructive.map(decisionFromFlag)),
    typeChanges: typeChanges.map((text) => typeChangeFromFlag(text, to)),
  };
}

/** The first answers win over the second. */
export function mergeAnswers(first: Answers, second: Answers): Answers {
  return {
    diff: {
      renames: [...(second.diff.renames ?? []), ...(first.diff.renames ?? [])],
      noRenames: Boolean(first.diff.noRenames || second.diff.noRenames),
      oneOff: [...(first.diff.oneOff ?? []), ...(second.diff.oneOff ?? [])],
      noOneOff: Boolean(first.diff.noOneOff || second.diff.noOneOff),
    },
    destructive: new Map([...second.destructive, ...first.destructive]),
    typeChanges: [...second.typeChanges, ...first.typeChanges],
  };
}

function documentOf(document: unknown): v.InferOutput<typeof answersShape> {
  const result = v.safeParse(answersShape, document);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new ToolError("usage", `the answers are not usable${path ? ` at "${path}"` : ""}: ${issue.message}`, { path });
}

const decision = v.picklist(decisions, `use one of ${decisions.join(", ")}`);
const method = v.picklist(typeChangeMethods, `use one of ${typeChangeMethods.join(", ")}`);
const answersShape = v.strictObject({
  renames: v.exactOptional(v.record(v.string(), v.nullable(v.string()))),
  no_renames: v.exactOptional(v.boolean()),
  one_off: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  no_one_off: v.exactOptional(v.boolean()),
  destructive: v.exactOptional(v.record(v.string(), decision)),
  type_changes: v.exactOptional(v.record(v.string(), method)),
  order: v.exactOptional(v.array(v.string())),
});

interface Place {
  readonly table: string;
  readonly field?: string;
  readonly what?: ThingKind;
}

/** `users`, `users.mail` or `enum mood`. Names may hold dots themselves, so it is the schema that says how to read them. */
function placeOf(id: string, to: Schema): Place {
  if (findTable(to, id)) return { table: id };
  const thing = thingOf(id, (what, name) => namesOf(to, what).includes(name));
  if (thing) return { table: thing.name, what: thing.what };
  const found = to.tables.flatMap((table) => table.fields.map((field) => ({ table: table.name, field: field.name })));
  const place = found.find(({ table, field }) => `${table}.${field}` === id);
  if (place) return place;
  const near = nearest(id, [
    ...to.tables.map((table) => table.name),
    ...found.map(({ table, field }) => `${table}.${field}`),
    ...thingKinds.flatMap((what) => namesOf(to, what).map((name) => `${what} ${name}`)),
  ]);
  throw new ToolError(
    "usage",
    `"${id}" is neither a table nor a field of the schema${near ? `; did you mean "${near}"?` : ""}`,
    { id },
  );
}

/** `all` is for each of which nothing else is said. */
function typeChange(id: string, how: TypeChangeMethod, to: Schema): TypeChangeAnswer {
  if (id === "all") return { method: how };
  const { table, field } = placeOf(id, to);
  if (field !== undefined) return { table, field, method: how };
  throw new ToolError("usage", `a type is that of a field, and "${id}" is a table; give table.field, or all`, { id });
}

function typeChangeFromFlag(text: string, to: Schema): TypeChangeAnswer {
  const at = text.lastIndexOf("=");
  const [id, choice] = at === -1 ? ["all", text] : [text.slice(0, at), text.slice(at + 1)];
  const known = typeChangeMethods.find((one) => one === choice);
  if (known) return typeChange(id, known, to);
  const advice = `use ${typeChangeMethods.join(" or ")}, for one field as in "users.age=new_column"`;
  throw new ToolError("usage", `--type-change: "${choice}" is no way to change a type; ${advice}`, { choice });
}

function oneOff(id: string, sql: string, to: Schema): OneOffAnswer {
  const { table, field, what = "table" } = placeOf(id, to);
  if (field === undefined)
    throw new ToolError("usage", `a one-off value is for a field, and "${id}" is a ${what}; give table.field`, { id });
  return { table, field, sql };
}

/** What a word before a name says it is the name of: `enum mood`. */
function thingOf(
  text: string,
  isThere: (what: ThingKind, name: string) => boolean,
): { readonly what: ThingKind; readonly name: string } | undefined {
  return thingKinds
    .filter((what) => text.startsWith(`${what} `))
    .map((what) => ({ what, name: text.slice(what.length + 1) }))
    .find(({ what, name }) => isThere(what, name));
}

/** `users:accounts`, `users.email:mail` or `users.email:users.mail`, in which any name may hold dots and colons. */
function renameFromFlag(text: string, to: Schema): RenameAnswer {
  const fields = to.tables.flatMap((table) => table.fields.map((field) => ({ table: table.name, field: field.name })));
  for (let i = text.indexOf(":"); i !== -1; i = text.indexOf(":", i + 1)) {
    const [left, right] = [text.slice(0, i), text.slice(i + 1)];
    const place = fields.find(
      ({ table, field }) => left.startsWith(`${table}.`) && (right === field || right === `${table}.${field}`),
    );
    if (place) return { ...place, from: left.slice(place.table.length + 1) };
    const table = findTable(to, right);
    if (table) return { table: table.name, from: left };
    const thing = thingOf(left, (what) => namesOf(to, what).includes(right));
    if (thing) return { table: right, what: thing.what, from: thing.name };
  }
  const what = `--rename "${text}" does not end in the new name of a table or field of the schema`;
  throw new ToolError(
    "usage",
    `${what}; write old:new for a table, table.old:new for a field (with the table's new name), "enum old:new" (namespace, domain, sequence), or none`,
    { rename: text },
  );
}

function decisionFromFlag(text: string): readonly [string, Decision] {
  const at = text.lastIndexOf("=");
  const [key, choice] = at === -1 ? ["all", text] : [text.slice(0, at), text.slice(at + 1)];
  const known = decisions.find((d) => d === choice);
  if (known) return [key, known];
  throw new ToolError("usage", `--on-destructive: "${choice}" is not a decision; use one of ${decisions.join(", ")}`, {
    choice,
  });
}

function splitAt(text: string, at: number, message: string): readonly [string, string] {
  if (at === -1) throw new ToolError("usage", message, { text });
  return [text.slice(0, at), text.slice(at + 1)];
}
