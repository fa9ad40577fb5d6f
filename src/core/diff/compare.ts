import { canonicalJson } from "../schema/canonical.ts";
import { canonicalExpression } from "../schema/expression.ts";
import { elementOf } from "../schema/index-fields.ts";
import type {
  Constraint,
  DefaultValue,
  Field,
  ForeignKey,
  Index,
  IndexElement,
  Schema,
  Table,
} from "../schema/model.ts";
import { equalTypes, referencedFields, resolveType } from "../schema/resolve.ts";

/**
 * When two things are the same to the differ. Names of foreign keys and the order of fields do not count; types are compared
 * as they resolve, so that a `foreign_key` field equals a plain field of the same type.
 */
export function sameField(before: FieldIn, after: FieldIn): boolean {
  return (
    equalTypes(resolveType(before.schema, before.field), resolveType(after.schema, after.field)) &&
    isNullable(before.table, before.field) === isNullable(after.table, after.field) &&
    sameDefault(before, after) &&
    Boolean(before.field.autoCreate) === Boolean(after.field.autoCreate) &&
    Boolean(before.field.autoUpdate) === Boolean(after.field.autoUpdate) &&
    furtherText(before.field) === furtherText(after.field)
  );
}

export interface FieldIn {
  readonly schema: Schema;
  readonly table: Table;
  readonly field: Field;
}

/** A field of the primary key is never null, whatever it says. */
export const isNullable = (table: Table, field: Field): boolean =>
  field.nullable && !table.primaryKey?.includes(field.name);

export const sameDefault = (a: Pick<FieldIn, "schema" | "field">, b: Pick<FieldIn, "schema" | "field">): boolean =>
  defaultText(a) === defaultText(b);

export const sameIndex = (a: Index, b: Index): boolean => a.name === b.name && sameIndexBut("name", a, b);

/** Whether two indexes are the same but for one property. */
export function sameIndexBut(property: keyof Index, a: Index, b: Index): boolean {
  const text = (index: Index): string => {
    const {
      [property]: _,
      comment,
      method,
      with: parameters,
      where,
      ...rest
    } = { ...index, fields: index.fields.map((field) => comparedElement(elementOf(field))) };
    return canonicalJson({
      ...rest,
      ...(where !== undefined && { where: canonicalExpression(where) }),
      method: method?.toLowerCase(),
      with: parameters,
      ...(property !== "comment" && { comment }),
    });
  };
  return text(a) === text(b);
}

/** Whether two constraints are the same but for what describes them. */
export const sameConstraint = (a: Constraint, b: Constraint): boolean =>
  canonicalJson(comparedConstraint(a)) === canonicalJson(comparedConstraint(b));

function comparedConstraint({ comment: _, ...constraint }: Constraint): Constraint {
  if ("check" in constraint) return { ...constraint, check: canonicalExpression(constraint.check) };
  if ("unique" in constraint) return constraint;
  return {
    ...constraint,
    exclude: constraint.exclude.map(comparedElement),
    ...(constraint.where !== undefined && { where: canonicalExpression(constraint.where) }),
  };
}

const comparedElement = <E extends IndexElement>(element: E): E =>
  element.expression === undefined ? element : { ...element, expression: canonicalExpression(element.expression) };

/** Whether two constraints say the same, whatever they are called. */
export const equalConstraints = (a: Constraint, b: Constraint): boolean => sameConstraint({ ...a, name: b.name }, b);

/** The same fields point at the same fields with the same actions. */
export const sameForeignKey = (before: KeyIn, after: KeyIn): boolean =>
  before.key.references.table === after.key.references.table &&
  before.key.onDelete === after.key.onDelete &&
  before.key.onUpdate === after.key.onUpdate &&
  keyOptions(before.key) === keyOptions(after.key) &&
  sameNames(before.key.fields, after.key.fields) &&
  sameNames(
    referencedFields(before.schema, before.key.references),
    referencedFields(after.schema, after.key.references),
  );

export interface KeyIn {
  readonly schema: Schema;
  readonly key: ForeignKey;
}

export const sameNames = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

export const samePrimaryKey = (a: Table, b: Table): boolean =>
  sameNames(a.primaryKey, b.primaryKey) &&
  a.primaryKeyDeferrable === b.primaryKeyDeferrable &&
  sameNames(a.primaryKeyInclude, b.primaryKeyInclude);

const keyOptions = ({ deferrable, notValid, matchFull, onDeleteFields, only, except }: ForeignKey): string =>
  canonicalJson({ deferrable, notValid, matchFull, onDeleteFields: onDeleteFields?.toSorted(), only, except });

/** What databases say of a field beside its type, nullability and default. */
export const furtherText = ({
  generated,
  identity,
  sequence,
  collation,
  options,
  comment,
  only,
  except,
}: Field): string =>
  generated || identity || sequence || collation !== undefined || options || comment !== undefined || only || except
    ? canonicalJson({
        generated: generated && { ...generated, as: canonicalExpression(generated.as) },
        identity,
        sequence,
        collation,
        options,
        comment,
        only,
        except,
      })
    : "";

/** Objects have one entry, so their text is canonical. */
function defaultText({ schema, field }: Pick<FieldIn, "schema" | "field">): string {
  const value = field.default;
  const named = typeof value === "string" && Object.values(schema.defaults).some((map) => Object.hasOwn(map, value));
  return named ? JSON.stringify(value) : (JSON.stringify(isNow(value) ? "now" : value) ?? "");
}

/** The present time in its spellings. */
function isNow(value: DefaultValue | undefined): boolean {
  const sql = typeof value === "object" && "sql" in value ? value.sql : value;
  return typeof sql === "string" && /^(?:now|now\(\)|current_timestamp)$/i.test(sql);
}
