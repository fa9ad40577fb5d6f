import { readFileSync } from "node:fs";
import postgres from "postgres";

// A statement at a time, as a migration tool has to: the whole text at once would be another job.
const [script = "", url = ""] = process.argv.slice(2);
const database = postgres(url, { max: 1, onnotice: () => undefined });
const connection = await database.reserve();
for (const sql of readFileSync(script, "utf8").split(/;\n/)) if (sql.trim()) await connection.unsafe(sql);
connection.release();
await database.end();
