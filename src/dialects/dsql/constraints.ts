import { constraintDefinition, foreignKeyConstraint } from "../../core/ddl/ansi.ts";
import { type Command, execute } from "../../core/ddl/dialect.ts";
import type { Quote } from "../../core/ddl/sql.ts";
import type { ForeignKeyImage } from "../../core/ddl/statement.ts";
import type { Constraint } from "../../core/schema/model.ts";
import { cannot } from "./columns.ts";
import { newIndex } from "./indexes.ts";

/**
 * A check is added for what is written from now on, and a job looks at the rows that are there; what is unique gets its index from a job first:
 * https://docs.aws.amazon.com/aurora-dsql/latest/userguide/alter-table-syntax-support.html. Throws ToolError `unsupported` for what Aurora DSQL
 * has not.
 */
export function addConstraint(quote: Quote, table: string, constraint: Constraint): readonly Command[] {
  refuseConstraint(table, constraint);
  const { name } = constraint;
  if ("check" in constraint)
    return added(quote, table, {
      name,
      definition: constraintDefinition(quote, { ...constraint, notValid: true }),
      validated: !constraint.notValid,
    });
  if (!("unique" in constraint)) return [];
  const { unique, include, nullsNotDistinct, deferrable } = constraint;
  if (deferrable)
    throw cannot(
      `add the constraint "${name}" to table "${table}"`,
      "what is unique by an index that is there already is checked at once; leave deferrable out, or say it when the table is made",
      { table, constraint: name },
    );
  const index = {
    name,
    fields: unique,
    unique: true,
    ...(include && { include }),
    ...(nullsNotDistinct && { nullsNotDistinct }),
  };
  return [
    execute(newIndex(quote, table, index)),
    execute(`ALTER TABLE ${quote(table)} ADD CONSTRAINT ${quote(name)} UNIQUE USING INDEX ${quote(name)}`),
  ];
}

/** Foreign keys are added and looked at as checks are. */
export const addForeignKey = (quote: Quote, table: string, key: ForeignKeyImage): readonly Command[] =>
  added(quote, table, {
    name: key.name ?? "",
    definition: foreignKeyConstraint(quote, { ...key, notValid: true }),
    validated: !key.notValid,
  });

/** The job fails where a row does not fit; the constraint stays then, not valid. */
export const validate = (quote: Quote, table: string, name: string): Command =>
  execute(`ALTER TABLE ASYNC ${quote(table)} VALIDATE CONSTRAINT ${quote(name)}`);

/** Throws ToolError `unsupported` for constraints that Aurora DSQL has not. */
export function refuseConstraint(table: string, constraint: Constraint): void {
  const { name } = constraint;
  const what = `have the constraint "${name}" of table "${table}"`;
  if ("exclude" in constraint) throw cannot(what, "it has no exclusion constraints", { table, constraint: name });
  if ("check" in constraint && constraint.noInherit)
    throw cannot(what, "no table there inherits; leave no_inherit out", { table, constraint: name });
}

interface Added {
  readonly name: string;
  readonly definition: string;
  readonly validated: boolean;
}

const added = (quote: Quote, table: string, { name, definition, validated }: Added): readonly Command[] => [
  execute(`ALTER TABLE ${quote(table)} ADD ${definition}`),
  ...(validated ? [validate(quote, table, name)] : []),
];
