import type { QuickJSWASMModule } from "quickjs-emscripten-core";

/** What a session must know of the instance it runs in. */
export interface Surroundings {
  readonly quickjs: QuickJSWASMModule;
  /** Whether the memory has grown nearly as far as it may. */
  isFull(): boolean;
  /** How often it was to grow farther than it may. */
  refusals(): number;
}

/** An instance whose whole memory can never be larger than `memoryMiB`; QuickJS's own limit does not hold in WebAssembly. */
export async function openMachine(
  compiled: WebAssembly.Module,
  memoryMiB: number,
): Promise<Surroundings & { readonly memory: WebAssembly.Memory }> {
  const { newQuickJSWASMModuleFromVariant, newVariant } = await import("quickjs-emscripten-core");
  const { default: variant } = await import("@jitl/quickjs-wasmfile-release-sync");
  const maximum = Math.max(INITIAL_PAGES, memoryMiB * 16);
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum });
  const refusals = countRefusals(memory);
  const wasm = newVariant(variant, { wasmModule: compiled, wasmMemory: memory });
  const quickjs = await newQuickJSWASMModuleFromVariant(wasm);
  const isFull = () => memory.buffer.byteLength > (maximum << 16) * 0.8;
  return { quickjs, isFull, refusals, memory };
}

/** 16 MiB: what this build of QuickJS is linked to start with. */
const INITIAL_PAGES = 256;
export const INITIAL_BYTES: number = INITIAL_PAGES << 16;

function countRefusals(memory: WebAssembly.Memory): () => number {
  const grow = memory.grow.bind(memory);
  let refusals = 0;
  memory.grow = (pages) => {
    try {
      return grow(pages);
    } catch (error) {
      refusals++;
      throw error;
    }
  };
  return () => refusals;
}
