import type * as v from "valibot";
import { nearest } from "../nearest.ts";

type Issue = v.BaseIssue<unknown>;

/** What is wrong with an operation's parameters, as a sentence without the place: `unknown key "nullabel"; did you mean "nullable"?`. */
export function complaintOf(issue: Issue, params: v.GenericSchema): string {
  if (issue.kind !== "schema") return uncapitalized(issue.message);
  if (issue.type !== "strict_object") return `expected ${issue.expected ?? "something else"}, found ${issue.received}`;
  const keys = (issue.path ?? []).map((item) => item.key);
  if (issue.expected !== "never") return `"${String(keys.at(-1) ?? "")}" is missing`;
  const key = String(keys.at(-1) ?? "");
  const known = keysAt(params, keys.slice(0, -1));
  const near = nearest(key, known);
  return `unknown key "${key}"; ${near ? `did you mean "${near}"?` : `use ${known.join(", ")}`}`;
}

/** `fields[0].length`. */
export const pathOf = (issue: Issue): string =>
  (issue.path ?? []).reduce(
    (text, item) =>
      typeof item.key === "number" ? `${text}[${item.key}]` : `${text}${text && "."}${String(item.key)}`,
    "",
  );

/** The parts of a validator that lead to other validators; each kind has some of them. */
interface Inside {
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly item?: v.GenericSchema;
  readonly wrapped?: v.GenericSchema;
  readonly options?: readonly v.GenericSchema[];
}

/** Keys that the object at a path may have. */
function keysAt(schema: v.GenericSchema, path: readonly unknown[]): readonly string[] {
  const inside = schema as Inside;
  if (inside.wrapped) return keysAt(inside.wrapped, path);
  if (inside.options) return inside.options.flatMap((option) => keysAt(option, path));
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(inside.entries ?? {});
  const next = typeof key === "number" ? inside.item : inside.entries?.[String(key)];
  return next ? keysAt(next, rest) : [];
}

const uncapitalized = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
