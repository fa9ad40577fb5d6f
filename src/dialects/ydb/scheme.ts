import { toJson } from "@bufbuild/protobuf";
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { StatusIds_StatusCode } from "@ydbjs/api/operation";
import { type Entry, Entry_Type, ListDirectoryResultSchema } from "@ydbjs/api/scheme";
import {
  CreateSessionResultSchema,
  type DescribeTableResult,
  DescribeTableResultSchema,
  TableIndexDescription_Status,
} from "@ydbjs/api/table";
import type { Row, Value } from "../../core/ddl/dialect.ts";
import { literal } from "./quote.ts";
import { plainValue } from "./results.ts";
import { resultOf, type Session } from "./session.ts";

/** What no query can tell, asked of the services of the scheme, in words that are not of YQL. */
export interface Scheme {
  /** What answers a text that is one of these questions; `undefined` for any other text. */
  answerTo(sql: string): (() => Promise<readonly Row[]>) | undefined;
}

/** https://ydb.tech/docs/en/reference/ydb-sdk/overview-grpc-api: the scheme service lists directories, the table service describes tables. */
export function schemeOf(session: Session, database: string): Scheme {
  const describe = describer(session, database);
  const questions: readonly (readonly [RegExp, (...names: readonly string[]) => Promise<readonly Row[]>])[] = [
    [/^DESCRIBE SCHEME$/, () => everything(session, database, describe)],
    [
      /^DESCRIBE TABLE `([^`]+)`$/,
      async (table = "") => (await describe(table)).map((found) => tableRow(table, found)),
    ],
    [
      /^DESCRIBE INDEX `([^`]+)` ON `([^`]+)` NOT UNIQUE$/,
      async (index = "", table = "") =>
        (await describe(table)).flatMap(({ indexes }) =>
          indexes
            .filter(({ name, type }) => name === index && type.case !== "globalUniqueIndex")
            .map(({ name }) => ({ name })),
        ),
    ],
    [/^AWAIT INDEXES OF `([^`]+)`$/, (table = "") => untilBuilt(() => describe(table))],
  ];
  return {
    answerTo: (sql) => {
      for (const [pattern, answer] of questions) {
        const match = pattern.exec(sql.trim());
        if (match) return () => answer(...match.slice(1));
      }
      return undefined;
    },
  };
}

type Describe = (table: string) => Promise<readonly DescribeTableResult[]>;

/** One table, or none where there is no such path. */
function describer({ tables }: Session, database: string): Describe {
  let opened: Promise<string> | undefined;
  const open = async (): Promise<string> =>
    resultOf((await tables.createSession({})).operation, (any) => anyUnpack(any, CreateSessionResultSchema)).sessionId;
  return async (table) => {
    opened ??= open();
    const path = table.startsWith("/") ? table : `${database}/${table}`;
    const { operation } = await tables.describeTable({ sessionId: await opened, path });
    if (operation && missing.includes(operation.status)) return [];
    return [resultOf(operation, (any) => anyUnpack(any, DescribeTableResultSchema))];
  };
}

const missing = [StatusIds_StatusCode.SCHEME_ERROR, StatusIds_StatusCode.NOT_FOUND];

/** Without sizes and times, which change by themselves. */
function tableRow(name: string, found: DescribeTableResult): Row {
  const {
    self: _,
    tableStats: __,
    shardKeyBounds: ___,
    ...rest
  } = toJson(DescribeTableResultSchema, found) as Record<string, unknown>;
  const indexes = (rest["indexes"] as readonly Record<string, unknown>[] | undefined)?.map(
    ({ sizeBytes: _size, ...index }) => index,
  );
  const defaults = found.columns.flatMap(({ name: column, type, defaultValue }) => {
    if (defaultValue.case !== "fromLiteral") return [];
    const value = plainValue(defaultValue.value.value, defaultValue.value.type) as Value;
    return [[column, literal(value, typeWord(type ?? defaultValue.value.type))] as const];
  });
  return {
    kind: "table",
    name,
    description: JSON.stringify({ ...rest, ...(indexes && { indexes }) }),
    defaults: JSON.stringify(Object.fromEntries(defaults)),
  };
}

/** A type as far as a literal needs to know it. */
function typeWord(type: DescribeTableResult["columns"][number]["type"]): string {
  const kind = type?.type;
  if (kind?.case === "optionalType") return typeWord(kind.value.item);
  if (kind?.case === "decimalType") return `Decimal(${kind.value.precision},${kind.value.scale})`;
  return kind?.case === "typeId" ? (typeWords[kind.value] ?? "") : "";
}

/** By the numbers of `Type_PrimitiveTypeId`. */
const typeWords: Readonly<Record<number, string>> = {
  1: "Int32",
  2: "Uint32",
  3: "Int64",
  4: "Uint64",
  5: "Uint8",
  6: "Bool",
  7: "Int8",
  8: "Int16",
  9: "Uint16",
  32: "Double",
  33: "Float",
  48: "Date",
  49: "Datetime",
  50: "Timestamp",
  51: "Interval",
  64: "Date32",
  65: "Datetime64",
  66: "Timestamp64",
  67: "Interval64",
  4097: "String",
  4608: "Utf8",
  4609: "Yson",
  4610: "Json",
  4611: "Uuid",
  4612: "JsonDocument",
  4866: "DyNumber",
};

/** Every object of the database, in the order of paths; what the server keeps for itself is in directories that begin with a dot. */
async function everything(session: Session, database: string, describe: Describe): Promise<readonly Row[]> {
  const found = await listed(session, database, "");
  const rows: Row[] = [];
  for (let at = 0; at < found.length; at += 16) {
    const part = found.slice(at, at + 16).map(async ({ name, type }): Promise<readonly Row[]> => {
      if (!tableTypes.includes(type)) return [{ kind: kindOf(type), name }];
      return (await describe(name)).map((table) => tableRow(name, table));
    });
    rows.push(...(await Promise.all(part)).flat());
  }
  return rows;
}

const tableTypes = [Entry_Type.TABLE, Entry_Type.COLUMN_TABLE];

async function listed(
  session: Session,
  database: string,
  below: string,
): Promise<readonly { name: string; type: Entry_Type }[]> {
  const path = below === "" ? database : `${database}/${below}`;
  const { operation } = await session.scheme.listDirectory({ path });
  const { children } = resultOf(operation, (any) => anyUnpack(any, ListDirectoryResultSchema));
  const own = children.filter(({ name }) => !name.startsWith(".")).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const deep = own.map(async ({ name, type }: Entry) => {
    const full = below === "" ? name : `${below}/${name}`;
    return type === Entry_Type.DIRECTORY ? listed(session, database, full) : [{ name: full, type }];
  });
  return (await Promise.all(deep)).flat();
}

/** `EXTERNAL_DATA_SOURCE` as `external data source`; newer kinds have a number only. */
const kindOf = (type: Entry_Type): string =>
  type === Entry_Type.PERS_QUEUE_GROUP
    ? "topic"
    : (Entry_Type[type] ?? "object of the scheme").toLowerCase().replaceAll("_", " ");

async function untilBuilt(describe: () => Promise<readonly DescribeTableResult[]>): Promise<readonly Row[]> {
  for (;;) {
    const [table] = await describe();
    if (!table?.indexes.some(({ status }) => status === TableIndexDescription_Status.BUILDING)) return [];
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
