/**
 * Examples without what ClickHouse has not: numbered rows, foreign keys, unique and partial indexes, fields that set themselves at an update, lists
 * that may be NULL, JSON that is no object, and changes of what a table is sorted by.
 */
export function adapt<T>(example: T): T {
  if (typeof example === "string") return sqlOf(example) as T;
  if (Array.isArray(example)) return example.filter(isSupported).map((item) => adapt<unknown>(item)) as T;
  if (typeof example !== "object" || example === null || example instanceof Uint8Array) return example;
  const entries = Object.entries(example).filter(
    ([key, value]) => !["where", "unique", "foreignKey", "autoUpdate"].includes(key) || Array.isArray(value),
  );
  const { foreignKey, references, defaults } = example as {
    readonly foreignKey?: { readonly table: string };
    readonly references?: unknown;
    readonly defaults?: Readonly<Record<string, unknown>>;
  };
  const target = String(foreignKey?.table ?? references ?? "");
  const plain = Object.fromEntries(entries.map(([key, value]) => [adapt(key), adapt<unknown>(value)]));
  const own = defaults && { defaults: { ...defaults, clickhouse: defaults["sqlite"] ?? {} } };
  return withTypes({ ...plain, ...own }, keyTypes.get(target) ?? "integer") as T;
}

/** In ClickHouse, rows are changed by ALTER TABLE, and only by that with a WHERE. */
const sqlOf = (text: string): string =>
  text
    .replace(/^(\s*)UPDATE (\w+) SET /gm, "$1ALTER TABLE $2 UPDATE ")
    .replace(/^(\s*ALTER TABLE \w+ UPDATE (?:(?! WHERE )[^;])*)(?=;|$)/gm, "$1 WHERE true");

/** Keys that the fields of examples point at, where they are no integers. */
const keyTypes = new Map([
  ["categories", "varchar"],
  ["posts", "uuid"],
]);

const plainTypes: Readonly<Record<string, string>> = {
  smallserial: "smallint",
  serial: "integer",
  bigserial: "bigint",
};

function withTypes(example: Record<string, unknown>, keyType: string): Record<string, unknown> {
  const { type, nullable, default: value } = example;
  if (typeof type !== "string")
    return "foreignKeys" in example ? { ...example, foreignKeys: [] } : withOldName(example);
  return {
    ...example,
    type: type === "foreign_key" ? keyType : (plainTypes[type] ?? type),
    ...(type === "text[]" && nullable !== undefined && { nullable: false }),
    ...(type === "jsonb" && value === "array" && { default: "object" }),
  };
}

/** A name with a dot cannot be changed. */
const withOldName = (example: Record<string, unknown>): Record<string, unknown> =>
  example["kind"] === "dropField" && /^on .*\./.test(String(example["name"]))
    ? { ...example, name: String(example["name"]).replace(/^on /, "at ") }
    : example;

function isSupported(item: unknown): boolean {
  const { kind, table, from, field } = item as {
    kind?: string;
    table?: string;
    from?: string;
    field?: { name?: string };
  };
  if (kind === undefined) return true;
  // Those of the suite of odd names: they change the field by which a table is sorted.
  const name = kind === "renameField" ? from : kind === "alterField" ? field?.name : undefined;
  return !unsupported.has(kind) && !(name !== undefined && (name === table || /^key |\./.test(name)));
}

const unsupported = new Set(["addForeignKey", "dropForeignKey", "alterPrimaryKey"]);
