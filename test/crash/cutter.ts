import { connect, createServer, type Socket } from "node:net";

export interface Cut {
  /** Whether to cut at what the client has just sent; `sent` is the end of all that it has sent, `parts` in how many parts. */
  readonly at: (sent: string, parts: number) => boolean;
  /** How long the server has to work on it; `never`: it does not get it. */
  readonly afterMs: number | "never";
  /** The line is not closed: whoever writes next is told that there is none. */
  readonly reset: boolean;
}

/** What stands between a program and a server. */
export interface Cutter {
  readonly url: string;
  /** How often the line was cut. */
  cuts(): number;
  close(): void;
}

/** Passes on what a client and the server at `url` say to each other, and cuts the line once. */
export async function startCutter(url: string, { at, afterMs, reset }: Cut): Promise<Cutter> {
  const { hostname, port } = new URL(url);
  let cuts = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("error", end).on("close", end);
    }
    let [sent, parts] = ["", 0];
    let isLost = false;
    client.on("data", (bytes) => {
      // No line loses something and passes on what was sent behind it.
      if (isLost) return;
      sent = (sent + bytes.toString("latin1")).slice(-5000);
      const now = cuts === 0 && at(sent, ++parts);
      isLost = now && afterMs === "never";
      if (!isLost) upstream.write(bytes);
      if (!now) return;
      cuts++;
      // What the server answers is lost from now on.
      upstream.removeAllListeners("data");
      setTimeout(reset ? () => client.resetAndDestroy() : end, afterMs === "never" ? 0 : afterMs);
    });
    upstream.on("data", (bytes) => client.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const through = new URL(url);
  through.port = String(typeof address === "object" && address ? address.port : 0);
  return {
    url: through.href,
    cuts: () => cuts,
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
