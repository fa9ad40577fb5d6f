import { apply, type Operation } from "../operations/index.ts";
import type { Schema } from "../schema/model.ts";
import { releases } from "./index-options.ts";

/**
 * Operations in the making. Each is applied as soon as it is added, so that what comes next sees the schema as it will be
 * then: an operation that does not fit fails here and not in somebody's database.
 */
export interface Draft {
  /** The schema after the operations so far. */
  readonly state: Schema;
  readonly operations: readonly Operation[];
  add(operation: Operation): void;
}

export function draftFrom(schema: Schema): Draft {
  const operations: Operation[] = [];
  let state = schema;
  return {
    get state() {
      return state;
    },
    operations,
    add(operation) {
      for (const each of [...releases(state, operation), operation]) {
        state = apply(state, each);
        operations.push(each);
      }
    },
  };
}
