import { type AddressInfo, createServer, type Socket } from "node:net";

/** The number of a type of Vertica, and the value as text. */
export type Cell = readonly [type: number, text: string | null];

export type Answer =
  | readonly Readonly<Record<string, Cell>>[]
  | { readonly error: string; readonly code: string; readonly position?: number }
  | number
  | "silence"
  | undefined;

export interface VerticaDouble {
  readonly port: number;
  /** What it was sent, in order; parameters stand behind their statement. */
  readonly sent: readonly string[];
  /** How often it was asked to cancel. */
  readonly cancels: () => number;
  stop(): Promise<void>;
}

/** A server of as much of Vertica's protocol as vertica-nodejs needs, that answers as it is told: with rows, how many changed, or a refusal. */
export async function verticaDouble(answer: (sql: string) => Answer, password = "secret"): Promise<VerticaDouble> {
  const sent: string[] = [];
  const sockets = new Set<Socket>();
  let cancels = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    const session = sessionOf(
      (sql) => rowsOf(answer(sql)),
      password,
      sent,
      (bytes) => socket.write(bytes),
    );
    let buffer: Buffer = Buffer.alloc(0);
    let started = false;
    socket.on("data", (bytes: Buffer) => {
      buffer = Buffer.concat([buffer, bytes]);
      for (;;) {
        const head = started ? 1 : 0;
        if (buffer.length < head + 4 || buffer.length < head + buffer.readInt32BE(head)) return;
        const length = head + buffer.readInt32BE(head);
        const body = buffer.subarray(head + 4, length);
        const kind = started ? String.fromCharCode(buffer[0] ?? 0) : "start";
        buffer = buffer.subarray(length);
        if (kind === "start" && body.readInt32BE(0) === 80_877_102) {
          cancels++;
          socket.end();
          return;
        }
        started = true;
        if (kind === "X") socket.end();
        else session(kind, body);
      }
    });
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
  return { port: (server.address() as AddressInfo).port, sent, cancels: () => cancels, stop };
}

/** How many rows have changed is a row by itself. */
const rowsOf = (answer: Answer): Answer => (typeof answer === "number" ? [{ OUTPUT: [6, String(answer)] }] : answer);

const message = (kind: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(kind), int32(body.length + 4), body]);
};
const int16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const ready = message("Z", Buffer.from("I"));

function sessionOf(
  answer: (sql: string) => Answer,
  password: string,
  sent: string[],
  write: (bytes: Buffer) => void,
): (kind: string, body: Buffer) => void {
  let prepared = "";
  let given: Answer;
  const handlers: Readonly<Record<string, (body: Buffer) => void>> = {
    start: () => write(message("R", int32(3))),
    p: (body) =>
      body.toString("utf8", 0, body.length - 1) === password
        ? write(Buffer.concat([message("R", int32(0)), message("K", int32(7), int32(9)), ready]))
        : write(refusal({ error: "Invalid username or password", code: "28000" })),
    Q: (body) => {
      const sql = body.toString("utf8", 0, body.length - 1);
      sent.push(sql);
      given = answer(sql);
      if (given !== "silence") write(Buffer.concat([described(given), done(given, sql), ready]));
    },
    P: (body) => {
      const start = body.indexOf(0) + 1;
      prepared = body.toString("utf8", start, body.indexOf(0, start));
      write(message("1"));
    },
    D: () => {
      const count = prepared.split("?").length - 1;
      const parameter = Buffer.concat([Buffer.from([0]), int32(9), int32(-1), int16(0)]);
      given = answer(prepared);
      write(
        Buffer.concat([
          message("t", int16(count), int32(0), ...Array.from({ length: count }, () => parameter)),
          described(given).length > 0 ? described(given) : message("n"),
        ]),
      );
    },
    B: (body) => {
      sent.push(`${prepared} ← ${JSON.stringify(valuesIn(body))}`);
      write(message("2"));
    },
    E: () => write(done(given, prepared)),
    S: () => write(ready),
  };
  return (kind, body) => handlers[kind]?.(body);
}

/** Portal and statement, formats, types, then each value behind its length. */
function valuesIn(body: Buffer): readonly (string | null)[] {
  let at = body.indexOf(0, body.indexOf(0) + 1) + 3;
  const count = body.readInt16BE(at);
  at += 2 + count * 4;
  return Array.from({ length: count }, () => {
    const length = body.readInt32BE(at);
    at += 4 + Math.max(0, length);
    return length < 0 ? null : body.toString("utf8", at - length, at);
  });
}

function described(answer: Answer): Buffer {
  if (!Array.isArray(answer)) return Buffer.alloc(0);
  const columns = Object.entries((answer[0] ?? {}) as Readonly<Record<string, Cell>>);
  if (columns.length === 0) return message("T", int16(0));
  const field = ([name, [type]]: [string, Cell]): Buffer =>
    Buffer.concat([
      text(name),
      Buffer.alloc(8),
      int16(1),
      Buffer.from([0]),
      int32(type),
      int16(8),
      int16(1),
      int16(0),
      int32(-1),
      int16(0),
    ]);
  return message("T", int16(columns.length), int32(0), ...columns.map(field));
}

function done(answer: Answer, sql: string): Buffer {
  if (typeof answer === "object" && "error" in answer) return refusal(answer);
  const rows = Array.isArray(answer) ? (answer as readonly Readonly<Record<string, Cell>>[]) : [];
  const tag = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? "";
  return Buffer.concat([...rows.map(dataRow), message("C", text(tag))]);
}

const dataRow = (row: Readonly<Record<string, Cell>>): Buffer => {
  const cells = Object.values(row).map(([, value]) =>
    value === null ? int32(-1) : Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)]),
  );
  return message("D", int16(cells.length), ...cells);
};

const refusal = ({
  error,
  code,
  position,
}: {
  readonly error: string;
  readonly code: string;
  readonly position?: number;
}) =>
  message(
    "E",
    ...[text("SROLLBACK"), text(`C${code}`), text(`M${error}`)],
    ...(position === undefined ? [] : [text(`P${position}`)]),
    Buffer.from([0]),
  );
