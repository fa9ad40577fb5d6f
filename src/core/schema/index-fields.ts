import type { Index, IndexElement, IndexField } from "./model.ts";
import { mentionsName, renameInSql } from "./sql-names.ts";

/** What an index says about one of the things it covers. */
export const elementOf = (field: IndexField): IndexElement => (typeof field === "string" ? { field } : field);

/** The shortest way to say it: a field with nothing more to say about it is its name. */
export const indexField = (element: IndexElement): IndexField =>
  element.field !== undefined && Object.keys(element).length === 1 ? element.field : element;

/** The fields that an index is sorted by, in order, without the expressions among them. */
export const fieldsOfIndex = (index: Pick<Index, "fields">): readonly string[] =>
  index.fields.flatMap((field) => elementOf(field).field ?? []);

/** The fields under a unique index that holds for all rows; `undefined` for any other index. */
export function uniqueFields(index: Index): readonly string[] | undefined {
  const fields = fieldsOfIndex(index);
  return index.unique && index.where === undefined && fields.length === index.fields.length ? fields : undefined;
}

/** Whether a field is in an index, be it in an expression, in its predicate, or included. */
export const indexUses = (index: Index, field: string): boolean =>
  index.fields.some((element) => elementUses(elementOf(element), field)) ||
  (index.include ?? []).includes(field) ||
  (index.where !== undefined && mentionsName(index.where, field));

export const elementUses = ({ field, expression }: IndexElement, name: string): boolean =>
  field === name || (expression !== undefined && mentionsName(expression, name));

/** The index after a field of its table got another name. */
export const renameInIndex = (index: Index, from: string, to: string): Index => ({
  ...index,
  fields: index.fields.map((field) => indexField(renameInElement(elementOf(field), from, to))),
  ...(index.include && { include: index.include.map((name) => (name === from ? to : name)) }),
  ...(index.where !== undefined && { where: renameInSql(index.where, from, to) }),
});

export const renameInElement = <E extends IndexElement>(element: E, from: string, to: string): E => ({
  ...element,
  ...(element.field === from && { field: to }),
  ...(element.expression !== undefined && { expression: renameInSql(element.expression, from, to) }),
});

/** `lower(email) collate "C" text_pattern_ops desc nulls last`, for messages. */
export const indexFieldText = (field: IndexField): string => {
  const { field: name, expression, order, nulls, collation, operatorClass, prefix } = elementOf(field);
  return [
    prefix === undefined ? (name ?? expression) : `${name}(${prefix})`,
    collation && `collate ${JSON.stringify(collation)}`,
    operatorClass,
    order === "desc" && "desc",
    nulls && `nulls ${nulls}`,
  ]
    .filter(Boolean)
    .join(" ");
};
