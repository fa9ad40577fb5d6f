import { readFileSync } from "node:fs";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { anyPack } from "@bufbuild/protobuf/wkt";
import { ServerCredentials } from "@grpc/grpc-js";
import { AuthServiceDefinition, LoginResultSchema } from "@ydbjs/api/auth";
import { type OperationSchema, StatusIds_StatusCode as Status } from "@ydbjs/api/operation";
import { QueryServiceDefinition } from "@ydbjs/api/query";
import { Entry_Type, ListDirectoryResultSchema, SchemeServiceDefinition } from "@ydbjs/api/scheme";
import { CreateSessionResultSchema, DescribeTableResultSchema, TableServiceDefinition } from "@ydbjs/api/table";
import type { TypeSchema, ValueSchema } from "@ydbjs/api/value";
import { type CallContext, createServer, Status as GrpcStatus, ServerError } from "nice-grpc";

/** A type and a value of it, as the protocol has them. */
export type Cell = readonly [type: MessageInitShape<typeof TypeSchema>, value: MessageInitShape<typeof ValueSchema>];
export type Answer =
  | readonly Readonly<Record<string, Cell>>[]
  | { readonly changes: number }
  | { readonly status: keyof typeof Status; readonly issues: readonly Issue[] }
  | "silence"
  /** The connection ends before there is an answer. */
  | "lost"
  | undefined;

/** What a statement is answered, given its text and its parameters. */
export type Answers = (sql: string, parameters: Readonly<Record<string, unknown>>) => Answer;

export interface Issue {
  readonly message: string;
  readonly position?: { readonly row: number; readonly column: number };
  readonly issues?: readonly Issue[];
}

/** What the scheme has: path below the database → a table, or the kind of anything else. */
export type Objects = Readonly<
  Record<string, MessageInitShape<typeof DescribeTableResultSchema> | keyof typeof Entry_Type>
>;

export interface YdbDouble {
  readonly port: number;
  /** Statements with the transaction that they are part of, and what is done with transactions and sessions, in order. */
  readonly sent: readonly string[];
  /** The parameters of the last statement. */
  readonly parameters: () => Readonly<Record<string, unknown>>;
  /** What the last call said of itself. */
  readonly metadata: () => Readonly<Record<string, string | undefined>>;
  readonly cancels: () => number;
  stop(): Promise<void>;
}

const database = "/Root/shop";

/**
 * A server of gRPC with as much of YDB's interface as the driver uses, that answers as it is told. The database is /Root/shop; who logs in is ann, whose password
 * is secret.
 */
export async function ydbDouble(
  answer: Answers = () => undefined,
  objects: Objects = {},
  tls?: { readonly certificate: string; readonly key: string },
): Promise<YdbDouble> {
  const sent: string[] = [];
  let [parameters, metadata, cancels] = [{}, {} as Record<string, string | undefined>, 0];
  const server = createServer();
  // Its types ask for all methods of a service.
  const add = server.add.bind(server) as unknown as (definition: object, methods: object) => void;
  const note = (context: CallContext): void => {
    const said = ["x-ydb-database", "x-ydb-auth-ticket", "x-ydb-application-name"];
    metadata = Object.fromEntries(said.map((key) => [key, context.metadata.get(key)?.toString()]));
    if (metadata["x-ydb-database"] !== database) throw new ServerError(GrpcStatus.NOT_FOUND, "Unknown database");
  };
  add(only(AuthServiceDefinition, ["login"]), {
    login: async ({ user, password }: { user: string; password: string }) =>
      user === "ann" && password === "secret"
        ? operation(LoginResultSchema, { token: "ticket-of-ann" })
        : { operation: { ready: true, status: Status.UNAUTHORIZED, issues: [{ message: "Invalid password" }] } },
  });
  add(only(SchemeServiceDefinition, ["listDirectory"]), {
    listDirectory: async ({ path }: { path: string }) =>
      operation(ListDirectoryResultSchema, { children: childrenOf(objects, path.slice(database.length + 1)) }),
  });
  add(only(TableServiceDefinition, ["createSession", "describeTable"]), {
    createSession: async () => operation(CreateSessionResultSchema, { sessionId: "tables" }),
    describeTable: async ({ path }: { path: string }) => {
      const found = objects[path.slice(database.length + 1)];
      return typeof found === "object"
        ? operation(DescribeTableResultSchema, found)
        : { operation: { ready: true, status: Status.SCHEME_ERROR, issues: [{ message: "Path not found" }] } };
    },
  });
  const inTx = (id: string | undefined): string => (id ? ` [${id}]` : "");
  add(
    only(QueryServiceDefinition, [
      ...(["createSession", "deleteSession", "attachSession", "executeQuery"] as const),
      ...(["beginTransaction", "commitTransaction", "rollbackTransaction"] as const),
    ]),
    {
      createSession: async (_: unknown, context: CallContext) => {
        note(context);
        return { status: Status.SUCCESS, sessionId: "session", nodeId: 1n };
      },
      deleteSession: async () => {
        sent.push("(session ends)");
        return { status: Status.SUCCESS };
      },
      async *attachSession(_: unknown, { signal }: CallContext) {
        yield { status: Status.SUCCESS };
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
      beginTransaction: async ({ txSettings }: { txSettings?: { txMode: { case?: string } } }) => {
        sent.push(`BEGIN ${txSettings?.txMode.case}`);
        answer("BEGIN", {});
        return { status: Status.SUCCESS, txMeta: { id: "tx" } };
      },
      commitTransaction: async ({ txId }: { txId: string }) => {
        sent.push(`COMMIT${inTx(txId)}`);
        return statusOf(answer("COMMIT", {}));
      },
      rollbackTransaction: async ({ txId }: { txId: string }) => {
        sent.push(`ROLLBACK${inTx(txId)}`);
        return statusOf(answer("ROLLBACK", {}));
      },
      async *executeQuery(
        request: {
          query: { value?: { text: string } };
          parameters: Record<string, { value?: { value: { value?: unknown } } }>;
          txControl?: { txSelector: { case?: string; value?: unknown } };
        },
        context: CallContext,
      ) {
        note(context);
        const text = request.query.value?.text ?? "";
        const tx = request.txControl?.txSelector;
        sent.push(`${text}${inTx(tx?.case === "txId" ? String(tx.value) : undefined)}`);
        parameters = Object.fromEntries(
          Object.entries(request.parameters).map(([key, { value }]) => [key, value?.value.value]),
        );
        const told = answer(text, parameters);
        if (told === "lost") throw new ServerError(GrpcStatus.UNAVAILABLE, "Connection dropped");
        if (told === "silence") {
          await new Promise((resolve) => context.signal.addEventListener("abort", resolve));
          cancels++;
          throw new ServerError(GrpcStatus.CANCELLED, "cancelled");
        }
        yield* partsOf(told);
      },
    },
  );
  const pair = tls && { cert_chain: readFileSync(tls.certificate), private_key: readFileSync(tls.key) };
  const port = await server.listen("127.0.0.1:0", pair && ServerCredentials.createSsl(null, [pair]));
  return {
    port,
    sent,
    parameters: () => parameters,
    metadata: () => metadata,
    cancels: () => cancels,
    stop: () => Promise.resolve(server.forceShutdown()),
  };
}

/** Those methods of a service that the driver calls: a server has to have all of a definition. */
const only = (definition: object, methods: readonly string[]): object =>
  Object.fromEntries(Object.entries(definition).filter(([name]) => methods.includes(name)));

type Schema = Parameters<typeof anyPack>[0];

const operation = (schema: Schema, result: object): { operation: MessageInitShape<typeof OperationSchema> } => ({
  operation: { ready: true, status: Status.SUCCESS, result: anyPack(schema, create(schema, result as never)) },
});

/** The directories and objects right below a path. */
function childrenOf(objects: Objects, below: string): readonly { name: string; type: Entry_Type }[] {
  const prefix = below === "" ? "" : `${below}/`;
  const inside = Object.entries(objects).filter(([path]) => path.startsWith(prefix));
  const children = inside.map(([path, object]): readonly [string, Entry_Type] => {
    const [name = "", ...rest] = path.slice(prefix.length).split("/");
    if (rest.length > 0) return [name, Entry_Type.DIRECTORY];
    return [name, typeof object === "string" ? Entry_Type[object] : Entry_Type.TABLE];
  });
  return [...new Map(children)].map(([name, type]) => ({ name, type }));
}

const statusOf = (answer: Answer) =>
  typeof answer === "object" && "status" in answer
    ? { status: Status[answer.status], issues: answer.issues.map(issueOf) }
    : { status: Status.SUCCESS };

const issueOf = ({ message, position, issues = [] }: Issue): object => ({
  message,
  severity: 1,
  ...(position && { position }),
  issues: issues.map(issueOf),
});

function* partsOf(answer: Answer): Generator<object> {
  if (typeof answer === "object" && "status" in answer) return yield statusOf(answer);
  const changes = typeof answer === "object" && "changes" in answer ? answer.changes : 0;
  const execStats = { queryPhases: [{ tableAccess: [{ name: "/Root/shop/a", updates: { rows: BigInt(changes) } }] }] };
  const rows = Array.isArray(answer) ? (answer as readonly Readonly<Record<string, Cell>>[]) : [];
  const columns = Object.entries(rows[0] ?? {}).map(([name, [type]]) => ({ name, type }));
  // In two parts, of which only the first one says what the columns are.
  yield { status: Status.SUCCESS, resultSet: { columns, rows: rows.slice(0, 1).map(rowOf) } };
  yield { status: Status.SUCCESS, resultSet: { rows: rows.slice(1).map(rowOf) }, execStats };
}

const rowOf = (row: Readonly<Record<string, Cell>>) => ({ items: Object.values(row).map(([, value]) => value) });
