import type { ManagedObject, Schema } from "../../../src/core/schema/model.ts";
import { type ExtraOutline, pick } from "../outline.ts";
import { type Around, chosenTable, type Feature, withTable } from "./feature.ts";

/** A function, and a trigger or a check that calls it. */
export const functions: Feature = {
  name: "functions",
  dialects: ["postgresql"],
  most: 2,
  add(schema, extra, around) {
    const name = pick(["f", "g"], extra.name);
    if (schema.objects?.some((o) => o.kind === "function" && o.name.startsWith(`${name}(`))) return schema;
    return extra.how % 2 === 0 ? withTrigger(schema, name, extra, around) : withChecking(schema, name, extra);
  },
};

const withObjects = (schema: Schema, ...objects: readonly ManagedObject[]): Schema => ({
  ...schema,
  objects: [...(schema.objects ?? []), ...objects],
});

function withTrigger(schema: Schema, name: string, extra: ExtraOutline, { quoted }: Around): Schema {
  const body = pick(["RETURN NEW;", "IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF; RETURN NEW;"], extra.more);
  const comment = extra.more % 5 === 4 ? { comment: "it's called" } : {};
  const made = withObjects(schema, {
    kind: "function",
    name: `${name}()`,
    definition: `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END $$`,
    ...comment,
  });
  const table = chosenTable(schema, extra);
  const able = (table?.fields ?? []).filter((f) => !f.generated);
  if (!table || able.length === 0 || extra.how % 6 === 4) return made;
  const field = pick(able, extra.field).name;
  const event = pick([`UPDATE OF "${field}"`, "INSERT OR UPDATE", "DELETE"], extra.more);
  const when = extra.more % 3 === 0 && extra.how % 4 === 2 ? ` WHEN (NEW."${field}" IS NOT NULL)` : "";
  return withObjects(made, {
    kind: "trigger",
    name: `calls ${name}`,
    table: table.name,
    definition: `CREATE TRIGGER "calls ${name}" AFTER ${event} ON ${quoted(table.name)} FOR EACH ROW${when} EXECUTE FUNCTION ${name}()`,
  });
}

function withChecking(schema: Schema, name: string, extra: ExtraOutline): Schema {
  const body = pick(["SELECT $1 + 1", "SELECT $1 + 2"], extra.more);
  const made = withObjects(schema, {
    kind: "function",
    name: `${name}(integer)`,
    definition: `CREATE FUNCTION ${name}(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$${body}$$`,
  });
  const table = chosenTable(schema, extra);
  const able = (table?.fields ?? []).filter((f) => f.type === "integer" && !f.generated);
  if (!table || able.length === 0) return made;
  const constraint = { name: `by ${name}`, check: `${name}("${pick(able, extra.field).name}") > 0` };
  return withTable(made, { ...table, constraints: [...(table.constraints ?? []), constraint] });
}
