import { join } from "node:path";
import { startOwnMariadb, startOwnPostgres } from "./own-server.ts";
import type { Engine } from "./story.ts";

/** A database whose files are in a folder of the test's choice. */
export interface OwnDatabase {
  readonly url: string;
  /** Resolves when it can be used, however it was left. */
  recovered(): Promise<void>;
  close(): Promise<void>;
}

export async function openOwn(engine: Engine, folder: string): Promise<OwnDatabase> {
  if (engine === "sqlite")
    return {
      url: `sqlite:${join(folder, "app.db")}`,
      recovered: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
  const server = await (engine === "mariadb" ? startOwnMariadb : startOwnPostgres)([], { parent: folder });
  return { url: server.url, recovered: server.recovered, close: server.stop };
}
