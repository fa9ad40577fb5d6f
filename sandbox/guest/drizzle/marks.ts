/** What the objects are that a file of tables makes: each holds its record under one of these. */
export const COLUMN: unique symbol = Symbol("column");
export const TABLE: unique symbol = Symbol("table");
export const VIEW: unique symbol = Symbol("view");
export const ENUM: unique symbol = Symbol("enum");
export const SEQUENCE: unique symbol = Symbol("sequence");
export const ROLE: unique symbol = Symbol("role");
export const POLICY: unique symbol = Symbol("policy");
export const EXTRA: unique symbol = Symbol("extra");
