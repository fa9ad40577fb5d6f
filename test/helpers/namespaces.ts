import { test } from "bun:test";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A test that mounts, or leaves the network, in namespaces of its own. Some containers permit nobody to make any: there it is skipped, with the
 * kernel's refusal in its name.
 */
export const testInNamespaces = ((name: string, work: () => unknown, options?: number) =>
  refusal === undefined
    ? test(name, work as () => void, options)
    : test.skip(`${name} (namespaces are not permitted here: ${refusal})`, work as () => void)) as typeof test;

const refusal = ((): string | undefined => {
  const flags = process.getuid?.() === 0 ? ["-m", "--net"] : ["--user", "--map-root-user", "-m", "--net"];
  const place = mkdtempSync(join(tmpdir(), "godwit-namespace-"));
  try {
    const { exitCode, stderr } = Bun.spawnSync(["unshare", ...flags, "mount", "-t", "tmpfs", "godwit", place]);
    return exitCode === 0 ? undefined : stderr.toString().trim();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmdirSync(place);
  }
})();
