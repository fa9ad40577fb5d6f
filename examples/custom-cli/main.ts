import { createCli, guestModule } from "godwit/cli";
import { ids } from "./ids.ts";
// @ts-expect-error: TypeScript takes it for the module, and Bun gives its text.
import text from "./text-module.ts" with { type: "text" };

// godwit, with two more modules for migrations to import.
const cli = createCli({
  name: "acme-migrate",
  symbols: {
    "acme/ids": ids,
    "acme/text": guestModule({ source: String(text) }),
  },
});

process.exit(await cli.run());
