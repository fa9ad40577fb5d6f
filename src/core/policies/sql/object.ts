import type { Cursor } from "./cursor.ts";

/** A kind of object, in the words of SQL, in lower case. */
export type ObjectWords = string;

/** Goes past the words that say what a CREATE, an ALTER or a DROP is about. */
export function takeObject(cursor: Cursor): ObjectWords | undefined {
  const found = objects.find((words) => cursor.take(...words));
  const words = found?.join(" ").toLowerCase();
  return words === undefined ? undefined : (synonyms[words] ?? words);
}

/** `a trigger`, `an index`. */
export const withArticle = (object: ObjectWords): string =>
  object === "statistics" ? object : `${/^[aeiou]/.test(object) ? "an" : "a"} ${object}`;

/** The longer first, because `EVENT` begins `EVENT TRIGGER` too. */
const objects: readonly (readonly string[])[] = [
  ...["MATERIALIZED VIEW", "FOREIGN TABLE", "FOREIGN DATA WRAPPER", "EVENT TRIGGER", "ACCESS METHOD", "USER MAPPING"],
  ...["OPERATOR CLASS", "OPERATOR FAMILY", "TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY"],
  ...["TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE"],
  ...["TABLE", "VIEW", "INDEX", "SEQUENCE", "TYPE", "DOMAIN", "TRIGGER", "FUNCTION", "PROCEDURE", "ROUTINE"],
  ...["AGGREGATE", "EXTENSION", "SCHEMA", "DATABASE", "POLICY", "RULE", "ROLE", "USER", "GROUP", "PUBLICATION"],
  ...["SUBSCRIPTION", "STATISTICS", "COLLATION", "CONVERSION", "CAST", "OPERATOR", "EVENT", "SERVER", "LANGUAGE"],
  ...["TRANSFORM", "TABLESPACE", "PACKAGE"],
].map((words) => words.split(" "));

const synonyms: Readonly<Record<string, ObjectWords>> = {
  "foreign table": "table",
  user: "role",
  group: "role",
};
