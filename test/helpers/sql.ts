/** Runs one statement on the database that `DATABASE_URL` names, else on app.db, and prints each row as a line of JSON. */
import { openDatabase } from "../../src/runtime/database.ts";

const database = await openDatabase({ url: process.env["DATABASE_URL"] || "sqlite:app.db" });
try {
  const rows = await database.driver.query(process.argv[2] ?? "");
  process.stdout.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
} catch (error) {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
} finally {
  await database.close();
}
