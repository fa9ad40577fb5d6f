import { elementOf } from "./index-fields.ts";
import type { IndexField } from "./model.ts";
import { headOf, utf8Length } from "./names.ts";

/**
 * What PostgreSQL calls the columns of an index, of which the name that it gives the index is made: an expression is called after its function, and
 * a name that is taken gets a number (ChooseIndexColumnNames of its indexcmds.c).
 */
export function columnNames(fields: readonly IndexField[], include: readonly string[] = []): readonly string[] {
  const names: string[] = [];
  for (const element of [...fields, ...include]) {
    const { field, expression = "" } = elementOf(element);
    names.push(freeAmong(names, field ?? /^(\w+)\(/.exec(expression)?.[1] ?? "expr"));
  }
  return names;
}

function freeAmong(taken: readonly string[], name: string): string {
  let free = name;
  for (let n = 1; taken.includes(free); n++) free = `${headOf(name, 63 - utf8Length(String(n)))}${n}`;
  return free;
}
