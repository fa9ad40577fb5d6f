import { create } from "@bufbuild/protobuf";
import {
  type Type,
  type Type_PrimitiveTypeId,
  type TypedValue,
  TypedValueSchema,
  type Value as YdbValue,
} from "@ydbjs/api/value";
import type { Value } from "../../core/ddl/dialect.ts";
import { dateText, decimalText, intervalText, momentText, shortest, uuidText } from "./value-text.ts";

/** A value as it is, whatever its type: whole numbers beyond 2^53 as bigint, times as ISO 8601 in UTC, Decimal and Uuid as texts. */
export function plainValue(value: YdbValue | undefined, type: Type | undefined): unknown {
  if (!value || !type || value.value.case === "nullFlagValue") return null;
  const kind = type.type;
  if (kind.case === "optionalType")
    return plainValue(value.value.case === "nestedValue" ? value.value.value : value, kind.value.item);
  if (kind.case === "taggedType") return plainValue(value, kind.value.type);
  if (kind.case === "decimalType") return decimalText(low128(value), value.high128, kind.value.scale);
  if (kind.case === "typeId") return primitive(value, kind.value);
  if (kind.case === "listType") return value.items.map((item) => plainValue(item, kind.value.item));
  if (kind.case === "tupleType") return value.items.map((item, i) => plainValue(item, kind.value.elements[i]));
  if (kind.case === "structType")
    return Object.fromEntries(
      kind.value.members.map((member, i) => [member.name, plainValue(value.items[i], member.type)]),
    );
  return plainOf(value);
}

const low128 = ({ value }: YdbValue): bigint => (value.case === "low128" ? value.value : 0n);

const plainOf = ({ value }: YdbValue): unknown => {
  if (value.case === undefined || value.case === "nullFlagValue" || value.case === "nestedValue") return null;
  if (typeof value.value !== "bigint") return value.value;
  return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value;
};

/** By the numbers of `Type_PrimitiveTypeId`, which is an enum of the generated code. */
function primitive(value: YdbValue, type: Type_PrimitiveTypeId): unknown {
  const plain = plainOf(value);
  return readers[type]?.(plain, value) ?? plain;
}

type Reader = (plain: unknown, value: YdbValue) => unknown;

const big = (plain: unknown): bigint => BigInt(plain as number | bigint);

const readers: Readonly<Record<number, Reader>> = {
  33: (plain) => shortest(Number(plain)),
  48: (plain) => dateText(Number(plain)),
  64: (plain) => dateText(Number(plain)),
  49: (plain) => momentText(big(plain) * 1_000_000n),
  65: (plain) => momentText(big(plain) * 1_000_000n),
  50: (plain) => momentText(big(plain)),
  66: (plain) => momentText(big(plain)),
  51: (plain) => intervalText(big(plain)),
  67: (plain) => intervalText(big(plain)),
  4611: (_, value) => uuidText(low128(value), value.high128),
};

const primitiveTypes = { boolean: 6, double: 32, string: 4608, bytes: 4097 } as const;

/** A parameter with its type: texts are Utf8, bytes String, numbers Double; whole numbers and NULL are in the statement itself, see `bind`. */
export function parameterOf(value: Exclude<Value, null | bigint>): TypedValue {
  const of = (typeId: number, what: YdbValue["value"]): TypedValue =>
    create(TypedValueSchema, { type: { type: { case: "typeId", value: typeId } }, value: { value: what } });
  if (value instanceof Uint8Array) return of(primitiveTypes.bytes, { case: "bytesValue", value });
  if (typeof value === "boolean") return of(primitiveTypes.boolean, { case: "boolValue", value });
  if (typeof value === "number") return of(primitiveTypes.double, { case: "doubleValue", value });
  return of(primitiveTypes.string, { case: "textValue", value });
}
