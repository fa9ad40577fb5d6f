import { libsql, migrate } from "godwit/edge";
import compiled from "./migrations/compiled.json" with { type: "json" };

const url = Deno.env.get("TURSO_DATABASE_URL") ?? "";
const authToken = Deno.env.get("TURSO_AUTH_TOKEN") ?? "";
const driver = libsql({ url, authToken });

const { applied } = await migrate({ driver, migrations: compiled });
for (const name of applied) console.log(`applied ${name}`);

// The rest is the program's own; any client of libSQL will do.
const connection = await driver.open();
const [note] = Deno.args;
if (note) await connection.execute("INSERT INTO notes (text) VALUES (?1)", [note]);
for (const { id, text } of await connection.query("SELECT id, text FROM notes ORDER BY id")) console.log(id, text);
await connection.close();
