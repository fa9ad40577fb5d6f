import { logFormats } from "../runtime/log-format.ts";
import type { Arguments } from "./command.ts";

/** Flags of every command. */
export const globalArguments = {
  config: { type: "string", valueHint: "FILE", description: "Configuration file (default: godwit.yaml)" },
  "env-file": {
    type: "string",
    valueHint: "FILE",
    description: "Variables to add to the environment, as in a .env file",
  },
  url: {
    type: "string",
    valueHint: "URL",
    description: "Database, such as sqlite:app.db or postgres://user@host/name",
  },
  database: { type: "string", valueHint: "NAME", description: "Dialect, where the URL does not tell" },
  schema: {
    type: "string",
    valueHint: "PATH",
    multiple: true,
    description: "Schema file or directory; may be repeated",
  },
  migrations: { type: "string", valueHint: "DIR", description: "Directory of the migrations" },
  "history-table": { type: "string", valueHint: "NAME", description: "Table that records what was applied" },
  track: { type: "string", valueHint: "NAME", description: "One of the tracks in godwit.yaml" },
  "log-format": {
    type: "enum",
    options: [...logFormats],
    valueHint: "FORMAT",
    description: "text, or json: one JSON object per line on stderr",
  },
  json: { type: "boolean", description: "Print one JSON value on stdout" },
  quiet: {
    type: "boolean",
    alias: "q",
    description: "No progress, and nothing of what was done; errors and warnings stay",
  },
  verbose: { type: "boolean", description: "More detail" },
  color: { type: "boolean", default: true, description: "Colours", negativeDescription: "No colours" },
  debug: { type: "boolean", description: "Stack traces" },
  help: { type: "boolean", alias: "h", description: "This help" },
} as const satisfies Arguments;
