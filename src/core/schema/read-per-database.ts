import { databaseName, databaseNames, nearestDatabase } from "./databases.ts";
import type { PerDialect } from "./model.ts";
import { child, complain, isAnyMapping, list, type Part, readText } from "./part.ts";

/** `database: { key: SQL }`. Keys of type mappings are in lower case, as types are. */
export function readPerDatabase(part: Part | undefined, kind: EntryKind): PerDialect {
  const result: Record<string, Record<string, string>> = {};
  if (!part || !isAnyMapping(part)) return result;
  for (const spelling of Object.keys(part.value as object)) {
    const name = databaseName(spelling);
    const entries = child(part, spelling, `${part.title} for "${spelling}"`);
    if (name === undefined) {
      const near = nearestDatabase(spelling);
      const advice = near ? `did you mean "${near}"?` : `use ${list(databaseNames)}`;
      part.report({
        message: `${part.title}: unknown database "${spelling}"; ${advice}`,
        position: part.locate([...part.path, spelling], "key"),
      });
    } else if (entries && isAnyMapping(entries))
      result[name] = { ...result[name], ...readEntries(entries, kind, result[name] ?? {}) };
  }
  return result;
}

type EntryKind = "default" | "type" | "option";

function readEntries(part: Part, kind: EntryKind, taken: Readonly<Record<string, string>>): Record<string, string> {
  const entries = new Map<string, string>();
  for (const written of Object.keys(part.value as object)) {
    const key = kind === "type" ? written.toLowerCase() : written;
    // An entry without a value is the empty text: the database has nothing like it.
    const text = readText(child(part, written) ?? { ...part, value: "" });
    if (key === "") complain(part, "a key is empty");
    else if (Object.hasOwn(taken, key) || entries.has(key))
      part.report({
        message: `${part.title}: "${key}" is given twice`,
        position: part.locate([...part.path, written], "key"),
      });
    else if (kind === "type" && text === "")
      complain(
        { ...part, path: [...part.path, written] },
        `"${written}" maps to nothing; give the type of the database`,
      );
    else if (text !== undefined) entries.set(key, text);
  }
  return Object.fromEntries(entries);
}
