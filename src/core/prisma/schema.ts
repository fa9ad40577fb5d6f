import type { LiveSchema, UnsupportedObject } from "../ddl/dialect.ts";
import type { TableImage } from "../ddl/statement.ts";
import { columnsOf, keyFields } from "./columns.ts";
import type { Context } from "./context.ts";
import { documentOf, type PrismaModel, placedName } from "./document.ts";
import { indexesOf, keyNameOf, prefixKeysOf } from "./indexes.ts";
import { parsePrisma } from "./parse.ts";
import { danglingOf, foreignKeysOf, junctionsOf } from "./relations.ts";
import { type Target, targetFor, targetNamed } from "./targets.ts";
import { fault, type PrismaFile, positionOf } from "./tokens.ts";

/** What the files of a Prisma schema declare, as the database has it that Prisma Migrate makes. */
export interface PrismaSchema {
  /** The name of its dialect. */
  readonly dialect: string;
  readonly live: LiveSchema;
}

/**
 * Reads the files of one Prisma schema. `dialects` are the names of the dialect that it is for where no datasource says so, its own first. Throws
 * ToolError `schema` with the place of what cannot be read or means nothing.
 */
export function prismaSchema(files: readonly PrismaFile[], dialects: readonly string[]): PrismaSchema {
  const document = documentOf(files.flatMap(parsePrisma));
  const target = document.provider
    ? targetNamed(document.provider.name, document.provider.at)
    : (targetFor(dialects) ?? withoutTarget(files));
  const context = { document, target };
  const tables = [...document.models.map((model) => tableOf(model, context)), ...junctionsOf(context)];
  const enums = document.enums.map(({ type, namespace, values }) => ({
    name: placedName(type, namespace),
    values: [...values.values()],
  }));
  const namespaces = new Set([...document.models, ...document.enums].flatMap(({ namespace }) => namespace ?? []));
  return {
    dialect: target.dialect,
    live: {
      ...(namespaces.size > 0 && { namespaces: [...namespaces].map((name) => ({ name })) }),
      tables,
      ...(document.extensions.length > 0 && { extensions: document.extensions }),
      ...(target.enums === "types" && enums.length > 0 && { enums }),
      unsupported: leftOf(context),
    },
  };
}

function withoutTarget(files: readonly PrismaFile[]): Target {
  const [file = { path: "the schema", text: "" }] = files;
  throw fault(
    { file, offset: 0 },
    `there is no datasource that names its provider; say what it is for with --database`,
  );
}

function tableOf(model: PrismaModel, context: Context): TableImage {
  const key = keyFields(model).map(({ column }) => column);
  const keyName = keyNameOf(model, context);
  return {
    name: placedName(model.table, model.namespace),
    columns: columnsOf(model, context),
    ...(key.length > 0 && { primaryKey: key, ...(keyName !== undefined && { primaryKeyName: keyName }) }),
    indexes: indexesOf(model, context),
    foreignKeys: context.document.withoutKeys ? [] : foreignKeysOf(model, context),
  };
}

function leftOf(context: Context): readonly UnsupportedObject[] {
  const { document } = context;
  return [
    ...document.left,
    ...document.models.flatMap((model) => [
      ...danglingOf(model, context).map(({ name, type, at }) => ({
        kind: "foreign key",
        object: name,
        table: placedName(model.table, model.namespace),
        reason: `it refers to "${type.name}", which is left out`,
        ...positionOf(at),
      })),
      ...prefixKeysOf(model).map(({ name, at }) => ({
        kind: "primary key",
        object: `@@${name}`,
        table: placedName(model.table, model.namespace),
        reason: "it covers the beginnings of its values only, and is imported as one of whole values",
        ...positionOf(at),
      })),
    ]),
  ];
}
