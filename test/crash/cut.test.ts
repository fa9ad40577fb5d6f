import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { connect, createServer, type Socket } from "node:net";
import { checkEnd, checkTruth, type Known, undisturbed } from "./check.ts";
import { emptyDatabase } from "./database.ts";
import { storyOf, words } from "./story.ts";
import { createCrashProject } from "./supervisor.ts";

interface Cut {
  readonly marker: RegExp;
  readonly afterMs: number;
  /** The line is not closed: whoever writes next is told that there is none. */
  readonly reset: boolean;
}

/** Stands between the executable and the server, and cuts the line some time after a client's bytes matched. */
async function startCutter(url: string, { marker, afterMs, reset }: Cut) {
  const { hostname, port } = new URL(url);
  let cut = 0;
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
    let said = "";
    client.on("data", (bytes) => {
      upstream.write(bytes);
      said = (said + bytes.toString("latin1")).slice(-5000);
      if (cut > 0 || !marker.test(said)) return;
      cut++;
      // What the server answers is lost from now on.
      upstream.removeAllListeners("data");
      setTimeout(reset ? () => client.resetAndDestroy() : end, afterMs);
    });
    upstream.on("data", (bytes) => client.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const through = new URL(url);
  through.port = String(typeof address === "object" && address ? address.port : 0);
  return {
    url: through.href,
    cuts: () => cut,
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

/** A query that begins so, in the protocol of either server: notes of the journal have the same text in them. */
const sent = (text: string): RegExp => new RegExp(`(?:Q[\\s\\S]{4}|\\x03)${RegExp.escape(text)}`);

for (const engine of ["postgresql", "mariadb"] as const) {
  describe(`a connection to ${engine} that is cut`, () => {
    const { alone } = words[engine];
    let known: Known;
    beforeAll(async () => {
      known = await undisturbed(engine, await createCrashProject(storyOf(engine)));
    }, 60_000);
    afterAll(() => known.project.dispose());

    for (const [when, marker, afterMs, reset = false] of [
      ["in a statement of a transaction", sent("INSERT INTO orders"), 2],
      ["in a statement of a transaction, with a reset", sent("INSERT INTO orders"), 2, true],
      ["in a statement that stands alone", sent(alone[2]), 5],
      ["as soon as a statement that stands alone is sent", sent(alone[1]), 0],
      ["as soon as one is sent, with a reset", sent(alone[1]), 0, true],
      ["when the answer to COMMIT is on its way", /UPDATE accounts SET score[\s\S]*COMMIT/, 3],
      ["when a note of the journal is written", /INSERT INTO ["`]godwit_history_journal/, 1],
      ["when a note of the journal is written, with a reset", /INSERT INTO ["`]godwit_history_journal/, 0, true],
    ] as const) {
      test(`${when}: the run says so, status is the truth, and the next run finishes`, async () => {
        const database = await emptyDatabase(engine, known.project.root);
        const cutter = await startCutter(database.url, { marker, afterMs, reset });
        try {
          const { exitCode, error, log } = await known.project.up(cutter.url).ended();
          expect(cutter.cuts()).toBe(1);
          expect({ exitCode, error }).toMatchObject({ exitCode: 1, error: { code: "connect" } });
          expect(error?.message).toMatch(/the connection to 127\.0\.0\.1:\d+ was lost/);
          await checkTruth(known, database.url, log);
          const again = await known.project.up(database.url).ended();
          expect(again.error).toBeUndefined();
          expect(again.exitCode).toBe(0);
          await checkEnd(known, database.url, true, when);
        } finally {
          cutter.close();
          await database.drop();
        }
      }, 30_000);
    }
  });
}
