import type { DeclaredTable } from "./declared.ts";
import { indexField } from "./index-fields.ts";
import { type PartitionKey, type PartitionOf, partitionMethods } from "./model.ts";
import { child, complain, describe, isMapping, items, list, missing, type Part, readName, readNames } from "./part.ts";
import { readSql } from "./read-index.ts";

export const partitionElementKeys = ["field", "expression", "collation", "operator_class"] as const;
export const partitionOfKeys = ["table", "values"] as const;

/** How a table is partitioned, what it is a partition of, and what it inherits from. */
export function readTree(part: Part): Pick<DeclaredTable, "partitionBy" | "partitionOf" | "inherits"> {
  const key = child(part, "partition_by");
  const of = child(part, "partition_of");
  const parents = child(part, "inherits");
  const partitionBy = key && readPartitionKey(key);
  const partitionOf = of && readPartitionOf(of);
  const inherits = parents && readOneOrMore(parents);
  return { ...(partitionBy && { partitionBy }), ...(partitionOf && { partitionOf }), ...(inherits && { inherits }) };
}

/** `{ range: [at] }`, `{ hash: id }`. */
function readPartitionKey(part: Part): PartitionKey | undefined {
  if (!isMapping(part, partitionMethods)) return undefined;
  const [method, second] = partitionMethods.filter((key) => child(part, key));
  if (!method || second) return void complain(part, `expected one of ${list(partitionMethods)}`);
  const fields = child(part, method);
  if (!fields) return undefined;
  if (typeof fields.value === "string" && fields.value !== "") return { method, by: [fields.value] };
  const elements = items(fields);
  if (Array.isArray(fields.value) && elements.length === 0) complain(fields, `"${method}" needs at least one field`);
  const by = elements.flatMap((element) => readElement(element) ?? []);
  return by.length > 0 ? { method, by } : undefined;
}

function readElement(part: Part): PartitionKey["by"][number] | undefined {
  if (typeof part.value === "string") return readName(part);
  if (!isMapping(part, partitionElementKeys)) return undefined;
  const field = readName(child(part, "field"));
  const expression = readSql(child(part, "expression"));
  const collation = readName(child(part, "collation"));
  const operatorClass = readName(child(part, "operator_class"));
  if ((field === undefined) === (expression === undefined))
    return void complain(part, `expected either "field" or "expression", found ${describe(part.value)}`);
  return indexField({
    ...(field !== undefined && { field }),
    ...(expression !== undefined && { expression }),
    ...(collation !== undefined && { collation }),
    ...(operatorClass !== undefined && { operatorClass }),
  });
}

function readPartitionOf(part: Part): PartitionOf | undefined {
  if (!isMapping(part, partitionOfKeys)) return undefined;
  const table = readName(child(part, "table"));
  const values = readSql(child(part, "values"));
  if (!child(part, "table")) return missing(part, "table");
  if (!child(part, "values")) return missing(part, "values");
  return table === undefined || values === undefined ? undefined : { table, values };
}

const readOneOrMore = (part: Part): readonly string[] | undefined =>
  typeof part.value === "string" && part.value !== "" ? [part.value] : readNames(part);
