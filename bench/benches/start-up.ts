import { type Bench, godwit } from "../bench.ts";

const hold = { ms: 15, mib: 40 };

export const startUp: readonly Bench[] = [
  {
    name: "help",
    what: "`--help`",
    hold,
    subjects: async ({ binary }) => [godwit({ command: [binary, "--help"] })],
  },
  {
    name: "version",
    what: "`--version`",
    hold,
    subjects: async ({ binary }) => [godwit({ command: [binary, "--version"] })],
  },
];
