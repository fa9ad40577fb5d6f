import { indexes } from "../../sandbox/host/resolve.ts";
import { declareFunction } from "../core/shapes/declare.ts";
import type { GivenSymbol } from "./symbols.ts";

/** What an editor needs of the modules that a program brings along: its files and the types in them, by paths relative to the migrations. */
export interface GivenTypes {
  /** Path → text. */
  readonly files: Readonly<Record<string, string>>;
  /** Module name → path of its types. */
  readonly types: Readonly<Record<string, string>>;
}

/** Declarations for functions of the program, and the sources themselves of modules that run in the sandbox. */
export function givenTypes(symbols: readonly GivenSymbol[]): GivenTypes {
  const files: Record<string, string> = {};
  const types: Record<string, string> = {};
  for (const symbol of symbols) {
    const own = filesOf(symbol);
    Object.assign(files, own.files);
    types[symbol.name] = `./${own.first}`;
  }
  return { files, types };
}

function filesOf(symbol: GivenSymbol): { readonly files: Readonly<Record<string, string>>; readonly first: string } {
  const { name } = symbol;
  const place = `godwit/program/${name.replaceAll("/", "__")}`;
  const head = `// The module "${name}" as this program has it. Written by godwit; it may write it again.\n\n`;
  if (symbol.kind === "host") {
    const first = `${place}.d.ts`;
    const list = Object.entries(symbol.module.exports).map(([name, declared]) =>
      declareFunction({ name, ...declared }),
    );
    return { files: { [first]: head + list.join("\n") }, first };
  }
  const { source, files } = symbol.module;
  if (!files) return { files: { [`${place}.ts`]: head + source }, first: `${place}.ts` };
  const inside = Object.entries(files).map(([file, text]) => [`${place}/${file}`, head + text] as const);
  const index = indexes.find((file) => Object.hasOwn(files, file)) ?? "index.ts";
  return { files: Object.fromEntries(inside), first: `${place}/${index}` };
}
