import d1 from "../../src/dialects/d1/dialect.ts";
import { openD1 } from "../../src/dialects/d1/remote.ts";
import { openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite } from "../conformance/dialect.ts";
import { newForEach } from "../conformance/scratch.ts";
import { d1Server } from "../helpers/d1-server.ts";

const connect = async (databaseId: string) => {
  const { api } = await d1Server();
  const open = () => openD1({ accountId: "account", databaseId, token: "good", api });
  return openDatabase({ url: "D1", door: { dialect: d1, open } });
};

const create = async () => {
  const { id, drop } = (await d1Server()).createDatabase();
  return { url: id, drop };
};

dialectSuite({ dialect: d1, engine: "miniflare", open: newForEach(create, connect) });
