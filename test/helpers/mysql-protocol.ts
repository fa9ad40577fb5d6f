import { type AddressInfo, createServer, type Socket } from "node:net";
import { type ConnectionOptions, createConnection } from "mysql2";

export type Answer =
  | readonly Readonly<Record<string, string | number | null>>[]
  | { readonly error: string; readonly code: number }
  | undefined;

/** A server of the protocol of MySQL that answers as it is told: with rows, a refusal, or nothing but that it is done. */
export interface ToldServer {
  readonly port: number;
  /** What it was sent, in order. */
  readonly sent: readonly string[];
  stop(): Promise<void>;
}

/** For databases that cannot be had: what is tested is what the driver does with answers that their documentation shows. */
export async function toldServer(answer: (sql: string) => Answer): Promise<ToldServer> {
  const sent: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const connection = serverSide(socket);
    const reply = (given: Answer): void => {
      if (given === undefined) connection.writeOk({ affectedRows: 1 });
      else if ("error" in given) connection.writeError({ message: given.error, code: given.code });
      else connection.writeTextResult(given, Object.keys(given[0] ?? { none: null }).map(textColumn));
      // Each command counts its packets from the beginning.
      connection.sequenceId = 0;
    };
    connection.on("error", () => undefined);
    const heard = (sql: string): void => {
      sent.push(sql);
      reply(answer(sql));
    };
    connection.on("query", heard);
    // Where mysql2 takes a text for that: SET, PREPARE.
    connection.on("stmt_prepare", heard);
    const letIn = (_: unknown, done: (error: null) => void): void => {
      done(null);
      connection.sequenceId = 0;
    };
    connection.serverHandshake({ ...greeting, authCallback: letIn });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  return { port: (server.address() as AddressInfo).port, sent, stop };
}

/** The half of a connection that mysql2 has no types for. */
interface ServerSide {
  sequenceId: number;
  on(event: string, listener: (...args: never[]) => unknown): void;
  serverHandshake(greeting: object): void;
  writeOk(result: object): void;
  writeError(error: object): void;
  writeTextResult(rows: readonly object[], columns: readonly object[]): void;
}

const serverSide = (stream: Socket): ServerSide =>
  createConnection({ stream, isServer: true } as ConnectionOptions) as unknown as ServerSide;

const greeting = {
  protocolVersion: 10,
  serverVersion: "8.0.33",
  connectionId: 7,
  statusFlags: 2,
  characterSet: 45,
  encoding: "utf8",
  // All but TLS.
  capabilityFlags: 0xffffff - 0x800,
};

const textColumn = (name: string): object => ({
  catalog: "def",
  schema: "",
  table: "",
  orgTable: "",
  name,
  orgName: name,
  characterSet: 45,
  columnLength: 1024,
  columnType: 253,
  flags: 0,
  decimals: 0,
});
