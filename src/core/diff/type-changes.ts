import { apply, type Operation } from "../operations/index.ts";
import { childrenOf, isInTree } from "../schema/heritage.ts";
import type { Schema } from "../schema/model.ts";
import { narrows } from "../schema/narrowing.ts";
import { equalTypes, getField, getTable, resolveType } from "../schema/resolve.ts";
import {
  questionId,
  shellFlag,
  type TypeChangeAnswer,
  type TypeChangeMethod,
  type TypeChangeQuestion,
} from "./question.ts";

/** The operations that change a type, with how they are to do it. Where nothing is said of one, it changes in place. */
export function withMethods(
  operations: readonly Operation[],
  from: Schema,
  answers: readonly TypeChangeAnswer[],
): readonly Operation[] {
  const changes = new Map(typeChanges(operations, from).map((change) => [change.operation, change]));
  return operations.map((operation) => {
    const change = changes.get(operation);
    if (!change || operation.kind !== "alterField" || methodFor(change, answers) !== "new_column") return operation;
    return { ...operation, method: "new_column" };
  });
}

/** Asks about the changes of types by which values may be lost or mean something else, where nothing was said of them. */
export const typeChangeQuestions = (
  operations: readonly Operation[],
  from: Schema,
  answers: readonly TypeChangeAnswer[],
): readonly TypeChangeQuestion[] =>
  typeChanges(operations, from)
    .filter((change) => change.narrows && methodFor(change, answers) === undefined)
    .map(({ table, field, types }) => {
      const id = questionId(table, field);
      return {
        kind: "type-change",
        id,
        text: `field "${field}" of table "${table}" changes from ${types}, which not all values may survive: in place, or through a new column?`,
        flag: shellFlag("--type-change", `${id}=new_column`),
        table,
        field,
      };
    });

interface TypeChange {
  readonly operation: Operation;
  readonly table: string;
  readonly field: string;
  readonly narrows: boolean;
  /** `text to integer` */
  readonly types: string;
}

/** Those that could go both ways: a field that is computed, or that other tables have too, changes in place only. */
function typeChanges(operations: readonly Operation[], from: Schema): readonly TypeChange[] {
  let state = from;
  return operations.flatMap((operation) => {
    const before = state;
    state = apply(state, operation);
    if (operation.kind !== "alterField") return [];
    const owner = getTable(before, operation.table);
    const old = getField(owner, operation.field.name);
    const type = resolveType(before, old);
    const computed = old.generated !== undefined || operation.field.generated !== undefined;
    const shared = isInTree(owner) || childrenOf(before, owner.name).length > 0;
    if (computed || shared || equalTypes(type, operation.field)) return [];
    return {
      operation,
      table: operation.table,
      field: operation.field.name,
      narrows: narrows(type, operation.field),
      types: `${type.type} to ${operation.field.type}`,
    };
  });
}

/** What is said of a field goes before what is said of all. */
const methodFor = (
  { table, field }: Pick<TypeChange, "table" | "field">,
  answers: readonly TypeChangeAnswer[],
): TypeChangeMethod | undefined =>
  (
    answers.findLast((answer) => answer.table === table && answer.field === field) ??
    answers.findLast((answer) => answer.table === undefined)
  )?.method;
