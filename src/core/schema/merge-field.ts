import type { DeclaredField, DeclaredReference } from "./declared.ts";
import type { Problem } from "./problem.ts";

/**
 * One field out of two declarations of it in files of equal rank: the wider type, the larger length and precision, NOT NULL
 * over nullable, key and time flags of either, the later default. What cannot be united is reported with both places.
 */
export function mergeField(
  old: DeclaredField,
  field: DeclaredField,
  table: string,
  problems: Problem[],
): DeclaredField {
  const differ = (property: string, here: string, there: string) => {
    const other = old.at();
    problems.push({
      message: `field "${table}.${field.name}" has ${property} ${here} here and ${there} in ${other.file}:${other.line}; make them agree`,
      position: field.at(),
      other: other.file,
    });
  };
  const type = mergeTypes(old, field);
  if (!type) differ("type", `"${field.type}"`, `"${old.type}"`);
  const { type: _, native: __, length: ___, precision: ____, scale: _____, ...rest } = { ...old, ...field };
  const foreignKey = mergeReferences(old.foreignKey, field.foreignKey, differ);
  const manyToMany = mergeManyToMany(old.manyToMany, field.manyToMany, differ);
  const nullable = old.nullable === false ? false : (field.nullable ?? old.nullable);
  return {
    ...rest,
    ...(type ?? { type: field.type }),
    ...(nullable !== undefined && { nullable }),
    ...((old.primaryKey || field.primaryKey) && { primaryKey: true }),
    ...(field.default === "" && old.default !== undefined && { default: old.default }),
    ...(foreignKey && { foreignKey }),
    ...(manyToMany && { manyToMany }),
  };
}

type Differ = (property: string, here: string, there: string) => void;
type DeclaredType = Pick<DeclaredField, "type" | "native" | "length" | "precision" | "scale">;

/** Narrow type → the types that hold all of its values. */
const wider: Readonly<Record<string, readonly string[]>> = {
  smallint: ["integer", "bigint"],
  integer: ["bigint"],
  varchar: ["text"],
  float: ["double", "decimal"],
};

function mergeTypes(a: DeclaredType, b: DeclaredType): DeclaredType | undefined {
  if (a.type === b.type && a.native === b.native)
    return { type: a.type, ...(a.native && { native: true }), ...largerParameters(a, b) };
  const wide = wider[a.type]?.includes(b.type) ? b : wider[b.type]?.includes(a.type) ? a : undefined;
  return wide && { type: wide.type, ...largerParameters(wide, { type: wide.type }) };
}

/** The larger length; the larger precision together with its scale. */
function largerParameters(a: DeclaredType, b: DeclaredType): Omit<DeclaredType, "type"> {
  const length = Math.max(a.length ?? 0, b.length ?? 0);
  const exact = [a, b].sort((x, y) => (y.precision ?? 0) - (x.precision ?? 0) || (y.scale ?? 0) - (x.scale ?? 0))[0];
  return {
    ...(length > 0 && { length }),
    ...(exact?.precision !== undefined && { precision: exact.precision }),
    ...(exact?.scale !== undefined && { scale: exact.scale }),
  };
}

function mergeReferences(
  a: DeclaredReference | undefined,
  b: DeclaredReference | undefined,
  differ: Differ,
): DeclaredReference | undefined {
  if (!a || !b) return b ?? a;
  if (a.table !== b.table) differ("a foreign key to", `"${b.table}"`, `"${a.table}"`);
  for (const action of ["onDelete", "onUpdate"] as const) {
    const [there, here] = [a[action], b[action]];
    if (there && here && there !== here) differ(action === "onDelete" ? "on_delete" : "on_update", here, there);
  }
  return { ...a, ...b };
}

function mergeManyToMany(
  a: DeclaredField["manyToMany"],
  b: DeclaredField["manyToMany"],
  differ: Differ,
): DeclaredField["manyToMany"] {
  if (!a || !b) return b ?? a;
  if (a.table !== b.table) differ("a many_to_many to", `"${b.table}"`, `"${a.table}"`);
  if (a.through && b.through && a.through !== b.through)
    differ("a many_to_many through", `"${b.through}"`, `"${a.through}"`);
  return { ...a, ...b };
}
