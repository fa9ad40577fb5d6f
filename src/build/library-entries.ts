/** A runtime that a file of the library is built for; `any` has nothing but what the standards of the web say. */
export type LibraryRuntime = "bun" | "node" | "any";

/** A module that programs import from the installed package. */
export interface LibraryEntry {
  /** As `exports` in package.json names it: `.` is `godwit`, `./edge` is `godwit/edge`. */
  readonly path: "." | `./${string}`;
  /** The source that exports what it has, from the root of the repository. */
  readonly source: string;
  /** The runtimes that it is for, each with the name of its file, without ending. What has no file of its own takes `any`, else `node`, else `bun`. */
  readonly files: Readonly<Partial<Record<LibraryRuntime, string>>>;
  /** Whether it evaluates migrations, so that the sandbox is inside. */
  readonly sandbox?: true;
  /** Whether its file for Bun loads the rest later, from a directory of its name. */
  readonly chunks?: true;
}

/** All of them. `exports` in package.json says the same, and a test compares the two. */
export const libraryEntries: readonly LibraryEntry[] = [
  { path: ".", source: "src/library/index.ts", files: { bun: "index", node: "node" }, sandbox: true },
  { path: "./core", source: "src/library/core.ts", files: { any: "core" } },
  { path: "./edge", source: "src/library/edge/index.ts", files: { any: "edge" } },
  { path: "./cli", source: "src/cli/create-cli.ts", files: { bun: "cli", node: "cli-without-bun" }, chunks: true },
];

/** The files of an entry, in the order in which a runtime should look for its own. */
export const filesOf = ({
  files,
}: LibraryEntry): readonly { readonly runtime: LibraryRuntime; readonly file: string }[] =>
  runtimes.flatMap((runtime) => {
    const file = files[runtime];
    return file === undefined ? [] : [{ runtime, file }];
  });

/**
 * `exports` of a package.json for entries whose files lie in a directory, such as `./dist/library`. Types come first in each, as TypeScript
 * wants it. A compiler that resolves as bundlers do says neither `bun` nor `node`, so it gets the types of the first.
 */
export const exportsOf = (entries: readonly LibraryEntry[], directory: string): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(
    entries.map((entry) => {
      const files = filesOf(entry);
      const first = files[0]?.file;
      const fallback = entry.files.any ?? entry.files.node ?? entry.files.bun;
      const own = files.flatMap(({ runtime, file }) =>
        runtime === "any"
          ? []
          : [[runtime, { types: `${directory}/${file}.d.ts`, default: `${directory}/${file}.js` }] as const],
      );
      return [
        entry.path,
        { ...Object.fromEntries(own), types: `${directory}/${first}.d.ts`, default: `${directory}/${fallback}.js` },
      ];
    }),
  ),
  "./package.json": "./package.json",
});

const runtimes: readonly LibraryRuntime[] = ["bun", "node", "any"];
