/** An import `with { type: "file" }`: the path of the file, also inside a compiled binary. */
declare module "*.wasm" {
  const path: string;
  export default path;
}

/** Texts that src/build/library.ts puts in: the bundled worker.library.ts, and the machine of QuickJS in base64. */
declare module "godwit:sandbox-worker" {
  const code: string;
  export default code;
}
declare module "godwit:sandbox-wasm" {
  const base64: string;
  export default base64;
}

/** The same as files of the installed package: their paths, also inside of an executable. */
declare module "godwit:sandbox-files" {
  const machine: string;
  const worker: string;

  export { machine, worker };
}
