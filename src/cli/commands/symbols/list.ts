import type { SymbolItem } from "../../../runtime/tasks/symbols-list.ts";
import { defineCommand } from "../../command.ts";
import { columns } from "../../output.ts";

export default defineCommand({
  meta: { summary: "Show what migrations may import" },
  description:
    "Modules that are built in, those that godwit.yaml names under symbols, packages that were added, and what a program of yours brings along. Loads each in the sandbox; asks no database.",
  examples: [
    { line: "godwit symbols list", does: "Names, exports, sizes, and who imports them" },
    { line: "godwit symbols list --json", does: "With hashes and paths" },
  ],
  args: {},
  async run({ project }) {
    const { listSymbols } = await import("../../../runtime/tasks/symbols-list.ts");
    const json = await listSymbols(await project());
    const rows = json.symbols.map((item) => [item.name, kindOf(item), sizeOf(item), usersOf(item), exportsOf(item)]);
    return { json, text: columns([["name", "kind", "size", "used by", "exports"], ...rows]) };
  },
});

const kindOf = ({ kind, package: of, version }: SymbolItem): string =>
  [kind, of, version].filter((part) => part !== null).join(" ");

function sizeOf({ size }: SymbolItem): string {
  if (size === null) return "-";
  return size < 1024 ? `${size} B` : `${(size / 1024).toFixed(1)} KiB`;
}

function usersOf({ used_by: users }: SymbolItem): string {
  const [first = "-"] = users;
  return users.length > 2 ? `${users.length} migrations` : users.length === 2 ? users.join(", ") : first;
}

function exportsOf({ exports, problem }: SymbolItem): string {
  if (problem !== null) return `! ${problem}`;
  return exports.length > 8 ? `${exports.slice(0, 8).join(", ")} and ${exports.length - 8} more` : exports.join(", ");
}
