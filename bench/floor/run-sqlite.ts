import { Database } from "bun:sqlite";
import { readFileSync } from "node:fs";

// A statement at a time, as a migration tool has to: the whole text at once would be another job.
const [script = "", file = ""] = process.argv.slice(2);
using database = new Database(file, { create: true, readwrite: true });
for (const sql of readFileSync(script, "utf8").split(/;\n/)) if (sql.trim()) database.run(sql);
