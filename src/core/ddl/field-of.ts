import type { DefaultValue, Field } from "../schema/model.ts";
import type { TypeParameters } from "../schema/types.ts";
import type { Column } from "./statement.ts";

/** How a dialect reads the parts of a column. */
export interface ColumnReading {
  fieldType(native: string): TypeParameters;
  /** `undefined` for NULL, which is the same as none. */
  defaultValue(sql: string, native: string): DefaultValue | undefined;
}

/** `Dialect.fieldOf` for a database that numbers columns of several sizes: the field that a column would be declared as. */
export const fieldOfWith =
  ({ fieldType, defaultValue }: ColumnReading) =>
  (column: Column): Omit<Field, "references"> => {
    const value = column.default === undefined ? undefined : defaultValue(column.default, column.domain ?? column.type);
    const type = fieldType(column.type);
    return {
      name: column.name,
      ...type,
      ...(column.autoIncrement && (serialTypes[type.type] ? { type: serialTypes[type.type] ?? "" } : { identity: {} })),
      nullable: column.nullable,
      ...(value !== undefined && { default: value }),
      ...(column.autoUpdate && { autoUpdate: true }),
    };
  };

const serialTypes: Readonly<Record<string, string>> = {
  smallint: "smallserial",
  integer: "serial",
  bigint: "bigserial",
};
