/** One layer of the tree, and what its files may import. */
export interface Layer {
  readonly name: string;
  readonly files: RegExp;
  /** Files it may import, besides those of `ownFolder`. */
  readonly imports: readonly RegExp[];
  /** Files it may import types from. */
  readonly types?: readonly RegExp[];
  /** The first group of `files` names a folder whose files may import one another. */
  readonly ownFolder?: true;
  /** Whether `node:`, `bun:` and npm may be imported: all, or these. */
  readonly packages: "all" | readonly string[];
}

const core = /^src\/core\//;
const dialectRegistries = /^src\/dialects\/\w+\.gen\.ts$/;
/** Of those, what names dialects and loads none until one is chosen. */
const lazyRegistries = /^src\/dialects\/(?:known|drivers)\.gen\.ts$/;
const host = /^sandbox\/host\//;
const runtime = /^src\/runtime\//;
const cli = /^src\/cli\//;
const templates = /^templates\//;
const launcher = /^src\/launcher\//;
const version = /^src\/version\.ts$/;

/** The first layer that matches a file is its layer. docs/architecture.md shows the same table with the reasons. */
export const layers: readonly Layer[] = [
  {
    name: "build",
    files: /^src\/build\//,
    imports: [/^src\/build\//, core, cli, /^src\/runtime\/config-file\.ts$/, /^src\/library\/(?:node|any)\//, launcher],
    packages: "all",
  },
  {
    name: "launcher",
    files: launcher,
    imports: [launcher, version],
    packages: ["node:child_process", "node:fs", "node:module", "node:path", "node:tty", "node:url"],
  },
  { name: "main", files: /^src\/main\.ts$/, imports: [cli], packages: "all" },
  { name: "ambient", files: /\.d\.ts$/, imports: [], packages: [] },
  { name: "version", files: version, imports: [/^package\.json$/], packages: [] },
  { name: "registry", files: /\.gen\.ts$/, imports: [/./], packages: [] },
  {
    name: "driver",
    files:
      /^(src\/dialects\/[^/]+\/)(?:driver|adopt|access|remote|replica|results|scheme|sequence|session|open-file(?:\.node)?)\.ts$/,
    imports: [core, /^src\/runtime\/driver\.ts$/, /^src\/dialects\/[^/]+\/(?:dialect|driver)\.ts$/],
    ownFolder: true,
    packages: "all",
  },
  {
    name: "dialect",
    files: /^(src\/dialects\/[^/]+\/)/,
    imports: [core, /^src\/dialects\/[^/]+\/dialect\.ts$/],
    ownFolder: true,
    packages: [],
  },
  { name: "core", files: core, imports: [core], packages: ["valibot"] },
  {
    name: "extra",
    files: /^(sandbox\/guest\/extras\/)/,
    imports: [],
    ownFolder: true,
    packages: [
      "@noble/hashes/legacy.js",
      "@noble/hashes/sha2.js",
      "@scure/base",
      "change-case",
      "lodash.deburr",
      "papaparse",
      "slugify",
      "uuid",
    ],
  },
  {
    name: "guest",
    files: /^sandbox\/guest\//,
    imports: [/^sandbox\/guest\//],
    types: [/^src\/core\/operations\//],
    packages: [],
  },
  {
    name: "library",
    files: /^src\/library\//,
    imports: [
      /^sandbox\/guest\//,
      core,
      runtime,
      dialectRegistries,
      /^src\/dialects\/[^/]+\/(?:adopt|driver|remote|dialect)\.ts$/,
      /^src\/library\//,
      version,
    ],
    packages: "all",
  },
  { name: "sandbox-host", files: host, imports: [core, host], packages: "all" },
  {
    name: "runtime",
    files: runtime,
    imports: [core, runtime, lazyRegistries, host, templates, version],
    packages: "all",
  },
  { name: "cli", files: cli, imports: [core, runtime, lazyRegistries, cli, templates, version], packages: "all" },
];

export const layerOf = (path: string): Layer | undefined => layers.find((layer) => layer.files.test(path));
