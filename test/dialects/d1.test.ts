import d1 from "../../src/dialects/d1/dialect.ts";
import { openD1 } from "../../src/dialects/d1/remote.ts";
import { openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite, type Scratch } from "../conformance/dialect.ts";
import { d1Server } from "../helpers/d1-server.ts";

async function open(): Promise<Scratch> {
  const server = await d1Server();
  const { id: databaseId, drop } = server.createDatabase();
  const door = {
    dialect: d1,
    open: () => openD1({ accountId: "account", databaseId, token: "good", api: server.api }),
  };
  const again = () => openDatabase({ url: "D1", door });
  return { database: await again(), again, close: drop };
}

dialectSuite({ dialect: d1, engine: "miniflare", open });
