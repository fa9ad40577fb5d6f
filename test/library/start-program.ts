import { open } from "../../src/library/index.ts";

// A program that starts: opens its database and prints what it applied.
const [file = ""] = process.argv.slice(2);
const applied: string[] = [];
const database = await open(file, {
  migrations: JSON.parse(process.env["MIGRATIONS"] ?? "{}") as Record<string, string>,
  onEvent: (event) => void (event.type === "migration-end" && applied.push(event.migration)),
});
database.close();
process.stdout.write(JSON.stringify(applied));
