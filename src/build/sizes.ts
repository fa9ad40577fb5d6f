import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How large something of a release is, in bytes. */
export interface Size {
  /** A platform, or `godwit` for the package with the library. */
  readonly name: string;
  /** The executable; of the package, what it unpacks to. */
  readonly bytes: number;
  /** The npm package, pressed with gzip: about what is transferred as a layer of a container, too. */
  readonly packed: number;
}

/** What people download, as a release of a version has it in a directory; the package `godwit` last. */
export function sizesOf(directory: string, version: string): readonly Size[] {
  const size = (file: string) => statSync(join(directory, file)).size;
  const tarball = (name: string) => `npm/${name}-${version}.tgz`;
  const executables = readdirSync(directory)
    .filter((file) => /^godwit-\w+-\w+/.test(file))
    .toSorted();
  return [
    ...executables.map((file) => {
      const name = file.slice("godwit-".length).replace(/\.exe$/, "");
      return { name, bytes: size(file), packed: size(tarball(`godwit-${name}`)) };
    }),
    {
      name: "godwit",
      bytes: Bun.gunzipSync(readFileSync(join(directory, tarball("godwit")))).length,
      packed: size(tarball("godwit")),
    },
  ];
}

/** As Markdown, in the MiB that docs/benchmarks.md shows. */
export const sizesTable = (sizes: readonly Size[]): string =>
  [
    "| | MiB | npm package, MiB |",
    "|---|---|---|",
    ...sizes.map(({ name, bytes, packed }) => `| \`${name}\` | ${mebibytes(bytes)} | ${mebibytes(packed)} |`),
  ].join("\n");

/** Beside the results of `npm run bench`. */
export function writeSizes(file: string, version: string, sizes: readonly Size[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ version, bun: Bun.version, sizes }, undefined, 2)}\n`);
}

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
