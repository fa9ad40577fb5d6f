import { open } from "../../src/library/index.ts";

// A program that is killed when its first statement of the named migration is through.
const [file = "", migration] = process.argv.slice(2);
await open(file, {
  migrations: JSON.parse(process.env["MIGRATIONS"] ?? "{}") as Record<string, string>,
  onEvent: (event) => {
    if (event.type === "statement" && event.migration === migration) process.kill(process.pid, "SIGKILL");
  },
});
