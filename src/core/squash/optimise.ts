import { diff } from "../diff/index.ts";
import { ToolError } from "../errors.ts";
import { footprintOf } from "../footprint/footprint.ts";
import type { Footprint } from "../footprint/mark.ts";
import { commute } from "../footprint/meet.ts";
import { apply, applyAll, type Operation } from "../operations/index.ts";
import { canonicalJson, canonicalSchema } from "../schema/canonical.ts";
import type { Schema } from "../schema/model.ts";
import { mergeNeighbours } from "./merge.ts";
import { type Newness, newnessFrom } from "./newness.ts";

/**
 * The operations that do what these do, as few as can be: what is made and changed is made as it ends, what is made and dropped is left out, and what
 * is done to older tables is said once. What is done to rows and by SQL or functions stays as it is and in its place; others pass it only where they
 * commute with it. The result adds up to the same schema. Throws ToolError `state` when the operations do not fit the schema.
 */
export function optimise(operations: readonly Operation[], before: Schema): readonly Operation[] {
  const after = applyAll(before, operations);
  const fits = (shorter: readonly Operation[]): boolean =>
    unlessMisfit(() => sameSchema(applyAll(before, shorter), after)) ?? false;
  const made = folded(stretchesOf(operations, before), before);
  const shorter = made && fits(made) ? made : operations;
  const merged = unlessMisfit(() => mergeNeighbours(shorter, before));
  return merged && merged.length < shorter.length && fits(merged) ? merged : shorter;
}

/** Whether two schemas say the same, down to the order of the fields. */
export const sameSchema = (one: Schema, other: Schema): boolean =>
  one === other || (describing(one) === describing(other) && fieldOrder(one) === fieldOrder(other));

const describing = (schema: Schema): string => canonicalJson(canonicalSchema(schema));

const fieldOrder = ({ tables }: Schema): string =>
  canonicalJson(tables.map(({ name, fields }) => [name, ...fields.map((field) => field.name)].join("\n")).sort());

/** An operation with what it reads and writes, which is worked out when it is asked for. */
interface Item {
  readonly operation: Operation;
  readonly footprint: Footprint;
}

/** Operations between which nothing stands that stays as it is; then one that does. */
interface Stretch {
  readonly loose: Item[];
  readonly newness: Newness;
  fixed?: Item;
}

function stretchesOf(operations: readonly Operation[], before: Schema): readonly Stretch[] {
  const stretches: Stretch[] = [{ loose: [], newness: newnessFrom({ empty: before.tables.length === 0 }) }];
  let schema = before;
  for (const operation of operations) {
    const item = itemOf(operation, schema);
    schema = apply(schema, operation);
    const home = homeOf(item, stretches);
    const last = stretches.at(-1);
    if (home) {
      home.loose.push(item);
      home.newness.add(operation);
    } else if (last) {
      last.fixed = item;
      stretches.push({ loose: [], newness: newnessFrom({ empty: false }) });
    }
  }
  return stretches;
}

function itemOf(operation: Operation, before: Schema): Item {
  let known: Footprint | undefined;
  return {
    operation,
    get footprint() {
      known ??= footprintOf(operation, before);
      return known;
    },
  };
}

/** The earliest stretch to which it can move and in which it is only about what is new. */
function homeOf(item: Item, stretches: readonly Stretch[]): Stretch | undefined {
  let home: Stretch | undefined;
  for (let i = stretches.length - 1; i >= 0; i--) {
    const stretch = stretches[i];
    if (!stretch || (stretch.fixed && !passes(item, stretch.fixed))) break;
    if (stretch.newness.covers(item.operation)) home = stretch;
    if (i > 0 && !stretch.loose.every((other) => passes(item, other))) break;
  }
  return home;
}

const passes = (item: Item, other: Item): boolean => commute(other.footprint, item.footprint);

/** `undefined` where what was moved does not fit there after all. */
function folded(stretches: readonly Stretch[], before: Schema): readonly Operation[] | undefined {
  let schema = before;
  return unlessMisfit(() =>
    stretches.flatMap(({ loose, fixed }) => {
      const operations = loose.map(({ operation }) => operation);
      const here = [...fold(operations, schema), ...(fixed ? [fixed.operation] : [])];
      schema = applyAll(schema, here);
      return here;
    }),
  );
}

/** What a stretch adds up to, said anew, where that is shorter and says all of it. */
function fold(operations: readonly Operation[], before: Schema): readonly Operation[] {
  if (operations.length < 2) return operations;
  const after = applyAll(before, operations);
  const anew = unlessMisfit(() => {
    const { operations: said, questions } = diff(before, after);
    // What a person would have to be asked about is left as it was decided.
    return questions.length === 0 && sameSchema(applyAll(before, said), after) ? said : undefined;
  });
  return anew && anew.length <= operations.length ? anew : operations;
}

function unlessMisfit<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}
