import type { Expression } from "@babel/types";
import { isExpression } from "../../core/ddl/default.ts";
import type { DefaultValue } from "../../core/schema/model.ts";
import { enumValues, keyText, literalOf } from "./literals.ts";
import { lookUp } from "./modules.ts";
import { shapeOfLiterals } from "./read-type.ts";
import { none, type Scope, type Typed, type Types, typed } from "./shape.ts";

/** The type of what a class gives a property, where the class says no other. */
export function typeOfValue(value: Expression, scope: Scope, types: Types): Typed {
  const literal = literalOf(value);
  if (typeof literal === "string") return typed({ kind: "scalar", type: "varchar", length: 255 });
  if (typeof literal === "number")
    return typed({ kind: "scalar", type: Number.isInteger(literal) ? "integer" : "double" });
  if (typeof literal === "boolean") return typed({ kind: "scalar", type: "boolean" });
  if (isNew(value, "Date")) return typed({ kind: "scalar", type: "timestamp" });
  if (isRandomUuid(value)) return typed({ kind: "scalar", type: "uuid" });
  const list = enumOfMember(value, scope, types);
  if (list) return typed(shapeOfLiterals([...list.values.values()], list.name));
  if (value.type === "ObjectExpression" || value.type === "ArrayExpression") return typed({ kind: "json" });
  return none("its type is not written; say it with @type");
}

/** The default that such a value is; `undefined` where a schema cannot say it. */
export function defaultOfValue(value: Expression, scope: Scope, types: Types): DefaultValue | undefined {
  const literal = literalOf(value);
  if (literal !== undefined) return typeof literal === "string" ? textDefault(literal) : literal;
  if (isNew(value, "Date")) return "now";
  if (isRandomUuid(value)) return "new_uuid";
  if (value.type === "ObjectExpression" && value.properties.length === 0) return "object";
  if (value.type === "ArrayExpression" && value.elements.length === 0) return "array";
  const member = value.type === "MemberExpression" ? keyText(value.property) : undefined;
  const found = member === undefined ? undefined : enumOfMember(value, scope, types)?.values.get(member);
  return typeof found === "string" ? textDefault(found) : found;
}

/** A text as a default that is nothing but this text. */
export const textDefault = (text: string): DefaultValue =>
  text === "" || named.has(text) || isExpression(text, { type: "varchar" }) ? { value: text } : text;

/** Texts that are the names of defaults. */
const named = new Set([
  "blank",
  "zero",
  "true",
  "false",
  "null",
  "now",
  "today",
  "current_time",
  "new_uuid",
  "array",
  "object",
]);

const isNew = (value: Expression, name: string): boolean =>
  value.type === "NewExpression" &&
  value.callee.type === "Identifier" &&
  value.callee.name === name &&
  value.arguments.length === 0;

const isRandomUuid = (value: Expression): boolean =>
  value.type === "CallExpression" &&
  (value.callee.type === "MemberExpression" ? keyText(value.callee.property) : keyText(value.callee)) === "randomUUID";

function enumOfMember(value: Expression, scope: Scope, types: Types) {
  if (value.type !== "MemberExpression" || value.object.type !== "Identifier") return undefined;
  const found = lookUp(value.object.name, scope.module, types.modules);
  const node = found?.nodes[0];
  const values = node?.type === "TSEnumDeclaration" ? enumValues(node) : undefined;
  return values && found && { values, name: found.name };
}
