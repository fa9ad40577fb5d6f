import { createServer, type Socket } from "node:net";

/** What a front says to whoever logs in: an error of the server, or nothing. */
export interface TdsFrontOptions {
  /** Number, state, severity and text of the error that a login gets; absent: it is let in. */
  readonly refusal?: { readonly number: number; readonly text: string };
  /** Encryption as the server offers it: 0 off, 1 on, 2 not there, 3 required. */
  readonly encryption?: number;
  /** Error of the server that every batch with this word gets; all others are done, with no rows. */
  readonly batch?: { readonly word: string; readonly number: number; readonly line: number; readonly text: string };
}

export interface TdsFront {
  readonly port: number;
  /** The bodies of the packets that came, by their kind: 0x12 prelogin, 0x10 login, 0x01 batch. */
  readonly packets: readonly { readonly kind: number; readonly body: Buffer }[];
  close(): void;
}

/**
 * Speaks as much of TDS (https://learn.microsoft.com/openspecs/windows_protocols/ms-tds) as it takes to be refused by it: there is no SQL Server behind it.
 */
export async function tdsFront(options: TdsFrontOptions = {}): Promise<TdsFront> {
  const packets: { kind: number; body: Buffer }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    let rest = Buffer.alloc(0);
    socket.on("data", (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      for (let size = sizeOf(rest); size > 0 && rest.length >= size; size = sizeOf(rest)) {
        const [kind = 0] = rest;
        const body = rest.subarray(8, size);
        packets.push({ kind, body });
        rest = rest.subarray(size);
        socket.write(packet(answerTo(kind, body, options)));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    packets,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const sizeOf = (buffer: Buffer): number => (buffer.length < 8 ? 0 : buffer.readUInt16BE(2));

/** A whole answer in one packet. */
const packet = (body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([4, 1, (body.length + 8) >> 8, (body.length + 8) & 255, 0, 0, 1, 0]), body]);

function answerTo(kind: number, body: Buffer, { refusal, encryption = 2, batch }: TdsFrontOptions): Buffer {
  if (kind === 0x12) return prelogin(encryption);
  if (kind === 0x10)
    return refusal
      ? Buffer.concat([errorToken(refusal.number, refusal.text, 1), done(2)])
      : Buffer.concat([loginAck(), done(0)]);
  return batch && body.toString("utf16le").includes(batch.word)
    ? Buffer.concat([errorToken(batch.number, batch.text, batch.line), done(2)])
    : done(0);
}

/** Version and encryption: each with its place and length, then their bytes. */
function prelogin(encryption: number): Buffer {
  return Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 255, 15, 0, 7, 208, 0, 0, encryption]);
}

const text = (value: string, lengthBytes: 1 | 2): Buffer => {
  const length = Buffer.alloc(lengthBytes);
  if (lengthBytes === 1) length.writeUInt8(value.length);
  else length.writeUInt16LE(value.length);
  return Buffer.concat([length, Buffer.from(value, "utf16le")]);
};

function token(kind: number, body: Buffer): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(kind);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** State 1, severity 14. */
function errorToken(number: number, message: string, line: number): Buffer {
  const [head, tail] = [Buffer.alloc(6), Buffer.alloc(4)];
  head.writeInt32LE(number);
  head.writeUInt8(1, 4);
  head.writeUInt8(14, 5);
  tail.writeUInt32LE(line);
  return token(0xaa, Buffer.concat([head, text(message, 2), text("front", 1), text("", 1), tail]));
}

/** SQL interface, TDS 7.4. */
const loginAck = (): Buffer =>
  token(0xad, Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4]), text("front", 1), Buffer.from([15, 0, 7, 208])]));

function done(status: number): Buffer {
  const body = Buffer.alloc(13);
  body.writeUInt8(0xfd);
  body.writeUInt16LE(status, 1);
  return body;
}
