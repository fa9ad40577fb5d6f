import { ToolError } from "../errors.ts";
import { domainOf, enumOf } from "../schema/enums.ts";
import type { EnumType, Schema } from "../schema/model.ts";
import { namespaceNames, qualifiedName } from "../schema/namespaces.ts";
import { typeOf } from "../schema/resolve.ts";
import { isBareName } from "../schema/sql-names.ts";
import { integerBase, isSerial, nativeTypePattern, type TypeParameters } from "../schema/types.ts";
import { entryFor } from "./default.ts";
import type { Dialect } from "./dialect.ts";

/**
 * The project's type mapping if it has one, with `{{.Length}}`, `{{.Precision}}` and `{{.Scale}}` filled in (the predecessor's
 * templates, kept verbatim), else the dialect's. A serial type is its integer type here.
 */
export function nativeType(schema: Schema, declared: TypeParameters, dialect: Dialect): string {
  const template = entryFor(schema.typeMappings, declared.type, dialect);
  const found = template === undefined ? enumOf(schema, declared.type) : undefined;
  if (found) return enumColumnType(found, declared.type, { schema, dialect });
  const domain = template === undefined ? domainOf(schema, declared.type) : undefined;
  if (domain) return `${typeName(domain.name, { schema, dialect })}${declared.type.slice(domain.name.length)}`;
  if (template === undefined)
    return dialect.columnType(isSerial(declared.type) ? { ...declared, type: integerBase(declared.type) } : declared);
  const native = template.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (_, key: string) => templateValue(key, declared, template));
  if (!nativeTypePattern.test(native)) {
    throw new ToolError(
      "schema",
      `the type mapping "${template}" of ${dialect.name} gives "${native}", which is not a type name`,
      { template, native },
    );
  }
  return native;
}

/** The name of a type of the schema, as it stands where types stand. */
function typeName(name: string, { schema, dialect }: Place): string {
  const place = dialect.capabilities.namespaces && qualifiedName(name, namespaceNames(schema));
  return (place ? [place.namespace, place.name] : [name])
    .map((part) => (isBareName(part) ? part : dialect.quote(part)))
    .join(".");
}

/** What a domain is made out of, however many of them; any other type is its own. */
export function baseType(schema: Schema, type: TypeParameters): TypeParameters {
  const domain = schema.domains ? domainOf(schema, type.type) : undefined;
  if (!domain) return type;
  const base = typeOf(domain);
  return baseType(schema, { ...base, type: `${base.type}${type.type.slice(domain.name.length)}` });
}

/** A name that needs quotes gets them, so that the type means itself. */
function enumColumnType({ name, values }: EnumType, type: string, at: Place): string {
  const { enums, columnType } = at.dialect;
  const list = type.slice(name.length);
  if (enums.kind === "types") return `${typeName(name, at)}${list}`;
  if (list !== "") return columnType({ type: "text[]" });
  return enums.type?.(values) ?? columnType({ type: "text" });
}

interface Place {
  readonly schema: Schema;
  readonly dialect: Dialect;
}

function templateValue(key: string, type: TypeParameters, template: string): string {
  const values: Readonly<Record<string, number | undefined>> = {
    Length: type.length,
    Precision: type.precision,
    Scale: type.scale ?? 0,
  };
  const value = values[key];
  if (value === undefined) {
    throw new ToolError(
      "schema",
      `the type mapping "${template}" needs "${key}", which a field of type "${type.type}" does not give`,
      { template, key },
    );
  }
  return String(value);
}
