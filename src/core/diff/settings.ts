import type { Operation } from "../operations/index.ts";
import type { PerDialect, Schema } from "../schema/model.ts";
import type { Draft } from "./draft.ts";

/**
 * Brings named defaults and type mappings up to date. What existing fields use is changed by the operations themselves.
 *
 * An entry that goes away or changes may be in use by a field that is about to stop using it: then the entry stays as it is until
 * that is done, and `finishSettings` has the last word. Otherwise a default could pass through the type of the old field.
 */
export function startSettings(draft: Draft, to: Schema): void {
  for (const setting of settings) {
    const [before, after] = [draft.state[setting.key], to[setting.key]];
    if (before === after) continue;
    const kept = inUse(draft.state, setting).filter((name) => changed(before, after, name));
    if (kept.length === 0 || !touchesUsers(draft.state, to, setting, kept)) set(draft, setting, after);
    else set(draft, setting, keeping(before, after, kept));
  }
}

export function finishSettings(draft: Draft, to: Schema): void {
  for (const setting of settings) set(draft, setting, to[setting.key]);
}

interface Setting {
  readonly key: "defaults" | "typeMappings";
  operation(value: PerDialect): Operation;
  /** The entry that a field uses, if it uses one. */
  used(field: Schema["tables"][number]["fields"][number]): string | undefined;
}

/** Mappings first: a default is written in terms of the type. */
const settings: readonly Setting[] = [
  {
    key: "typeMappings",
    operation: (value) => ({ kind: "setTypeMappings", typeMappings: mutable(value) }),
    used: (field) => field.type,
  },
  {
    key: "defaults",
    operation: (value) => ({ kind: "setDefaults", defaults: mutable(value) }),
    used: (field) => (typeof field.default === "string" ? field.default : undefined),
  },
];

function set(draft: Draft, setting: Setting, value: PerDialect): void {
  const now = draft.state[setting.key];
  if (now !== value && canonical(now) !== canonical(value)) draft.add(setting.operation(value));
}

function inUse(schema: Schema, setting: Setting): readonly string[] {
  return [...new Set(schema.tables.flatMap((table) => table.fields.flatMap((field) => setting.used(field) ?? [])))];
}

/** Whether a field that uses one of the entries does not stay as it is. */
function touchesUsers(state: Schema, to: Schema, setting: Setting, entries: readonly string[]): boolean {
  return state.tables.some((table) => {
    const after = to.tables.find((t) => t.name === table.name);
    return table.fields.some((field) => {
      const entry = setting.used(field);
      if (entry === undefined || !entries.includes(entry)) return false;
      const same = after?.fields.find((f) => f.name === field.name);
      return !same || same.type !== field.type || setting.used(same) !== entry;
    });
  });
}

const changed = (before: PerDialect, after: PerDialect, name: string): boolean =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].some(
    (dialect) => before[dialect]?.[name] !== after[dialect]?.[name],
  );

/** The new maps, with the old values of some entries. */
function keeping(before: PerDialect, after: PerDialect, names: readonly string[]): PerDialect {
  const dialects = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  const entries = dialects.map((dialect) => {
    const kept = Object.entries(before[dialect] ?? {}).filter(([name]) => names.includes(name));
    const rest = Object.entries(after[dialect] ?? {}).filter(([name]) => !names.includes(name));
    return [dialect, Object.fromEntries([...rest, ...kept])] as const;
  });
  return Object.fromEntries(entries.filter(([, map]) => Object.keys(map).length > 0));
}

/** The order of keys says nothing, nor does a dialect without entries. */
function canonical(value: PerDialect): string {
  const sorted = (map: object): [string, unknown][] => Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(
    sorted(value).flatMap(([dialect, map]) =>
      Object.keys(map as object).length > 0 ? [[dialect, sorted(map as object)]] : [],
    ),
  );
}

const mutable = (value: PerDialect): Record<string, Record<string, string>> =>
  Object.fromEntries(Object.entries(value).map(([dialect, map]) => [dialect, { ...map }]));
