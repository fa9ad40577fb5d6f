import { run } from "./cli/run.ts";

// argv0 and not execPath: a symbolic link counts by its own name.
await run(process.argv.slice(2), process.argv0);
