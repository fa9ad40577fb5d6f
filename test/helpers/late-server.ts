import { createServer } from "node:net";

export interface LateServer {
  /** The real server's URL, but for host and port. */
  readonly url: string;
  stop(): void;
}

/** A server that begins to listen after a while and passes everything on to the real one. */
export async function lateServer(realUrl: string, afterMs: number): Promise<LateServer> {
  const real = new URL(realUrl);
  const server = createServer((socket) => {
    const passOn = Bun.connect({
      hostname: real.hostname,
      port: Number(real.port),
      socket: { data: (_, bytes) => void socket.write(bytes), close: () => void socket.end() },
    });
    socket.on("data", async (bytes) => void (await passOn).write(bytes));
    socket.on("close", async () => void (await passOn).end());
    socket.on("error", () => undefined);
  });
  const port = await freePort();
  const timer = setTimeout(() => server.listen(port, "127.0.0.1"), afterMs);
  const url = new URL(realUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  const stop = (): void => {
    clearTimeout(timer);
    server.close();
  };
  return { url: url.href, stop };
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
