import type { Statement } from "../ddl/statement.ts";
import type { Step } from "./plan.ts";

/**
 * Follows the tables that a run makes. Told of its steps in their order, it says of each whether all that it does is to make tables, or to change such that the
 * run has made: nobody else uses them, and they are as good as empty, so that this waits for nobody and is over at once.
 */
export function followNewTables(): (step: Step) => boolean {
  const made = new Set<string>();
  return ({ actions }) =>
    actions.every(({ statements }) =>
      statements.every((statement) => {
        const others = othersIn(statement);
        if (statement.kind === "createTable") made.add(statement.table.name);
        const known = others?.every((table) => made.has(table)) ?? false;
        // It may fill them with anything, or call them otherwise.
        if (!others) made.clear();
        return known;
      }),
    );
}

/** The tables that have to be there before it; `undefined` where it does anything else. */
function othersIn(statement: Statement): readonly string[] | undefined {
  switch (statement.kind) {
    case "createTable":
      return statement.table.foreignKeys.map(({ table }) => table);
    case "createEnum":
    case "createSequence":
      return [];
    case "addColumn":
    case "addConstraint":
    case "addPrimaryKey":
    case "createIndex":
    case "setComment":
    case "alterColumn":
    case "dropColumn":
    case "dropConstraint":
    case "dropIndex":
    case "dropPrimaryKey":
    case "fillColumn":
    case "renameColumn":
    case "renameConstraint":
    case "renameIndex":
    case "validateConstraint":
      return [statement.table];
    case "rebuildTable":
      return [statement.after.name];
    case "addForeignKey":
    case "dropForeignKey":
      return [statement.table, statement.foreignKey.table];
    default:
      return undefined;
  }
}
