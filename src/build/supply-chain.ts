import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What package.json says, as far as it is about what others wrote. */
export interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  /** Packages that may run something when they are installed. */
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

/** package-lock.json, or what npm notes in node_modules: path of the package → what it is. */
export type Lock = Readonly<Record<string, LockedPackage>>;
export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

/** What is wrong with the dependencies that are written down; empty when nothing is. */
export function lockFaults(manifest: Manifest, lock: Lock): readonly string[] {
  const asked = kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {}));
  const others = Object.entries(lock).filter(([path]) => path !== "");
  const families = Object.keys(manifest.allowScripts ?? {}).map((name) => name.replace(/\/linux-x64$/, "/"));
  const mayRun = (path: string) => families.some((name) => path.startsWith(`node_modules/${name}`));
  const lifecycle = Object.keys(manifest.scripts ?? {}).filter((name) => atInstall.has(name));
  return [
    ...asked
      .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
      .map(([name, version]) => `package.json asks for "${name}" as "${version}", which is not one version`),
    ...lifecycle.map((name) => `package.json runs "${name}" when it is installed`),
    ...others
      .filter(([, { link, integrity }]) => link || !/^sha512-[\w+/]{86}==$/.test(integrity ?? ""))
      .map(([path]) => `package-lock.json has no SHA-512 of "${path}"`),
    ...others
      .filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/"))
      .map(([path, { resolved }]) => `package-lock.json takes "${path}" from "${resolved}", which is not the registry`),
    ...others
      .filter(([path, { hasInstallScript }]) => hasInstallScript && !mayRun(path))
      .map(([path]) => `"${path}" runs something when it is installed, and allowScripts does not name it`),
  ];
}

/** Where what npm has installed, and compared with its hash, is not what package-lock.json says. */
export const installedFaults = (lock: Lock, installed: Lock): readonly string[] =>
  Object.entries(installed)
    .filter(([path, { version, integrity }]) => {
      const locked = lock[path];
      return locked?.version !== version || (integrity !== undefined && locked?.integrity !== integrity);
    })
    .map(
      ([path, { version }]) => `"${path}" is installed as ${version}, and package-lock.json says otherwise; run npm ci`,
    );

/** What `npm audit signatures --json` has found out. */
export interface SignatureVerdict {
  readonly verdict: "verified" | "wrong" | "not looked at";
  readonly text: string;
}

/** Reads what it printed. Where it could not get the keys, that is not a fault of a package; anything else that is not a clean answer is. */
export function signatureVerdict(exit: number, stdout: string): SignatureVerdict {
  const said = answerOf(stdout);
  const problems = [...(said.invalid ?? []), ...(said.missing ?? [])].map(({ name, version }) => `${name}@${version}`);
  if (problems.length > 0) return { verdict: "wrong", text: `no valid signature: ${problems.join(", ")}` };
  if (exit === 0 && said.invalid && said.missing) {
    return { verdict: "verified", text: "every installed package has the signature of the registry" };
  }
  const { code = "", summary = "" } = said.error ?? {};
  return unreachable.has(code) || summary.includes("installed from a supported registry")
    ? { verdict: "not looked at", text: `npm cannot get the keys of the registry here: ${summary.trim() || code}` }
    : { verdict: "wrong", text: `npm says neither yes nor no: ${summary || stdout.trim() || `exit ${exit}`}` };
}

const kinds = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"] as const;
const atInstall: ReadonlySet<string> = new Set([
  "preinstall",
  "install",
  "postinstall",
  "prepublish",
  "preprepare",
  "prepare",
  "postprepare",
]);
const unreachable: ReadonlySet<string> = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "ENETUNREACH",
  "ENOTCACHED",
]);

interface Answer {
  readonly invalid?: readonly { readonly name: string; readonly version: string }[];
  readonly missing?: readonly { readonly name: string; readonly version: string }[];
  readonly error?: { readonly code?: string; readonly summary?: string };
}

function answerOf(stdout: string): Answer {
  try {
    return JSON.parse(stdout) as Answer;
  } catch {
    return {};
  }
}

const root = join(import.meta.dir, "../..");
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), "utf8"));
const packagesIn = (file: string): Lock => (read(file) as { readonly packages: Lock }).packages;

if (import.meta.main) {
  const lock = packagesIn("package-lock.json");
  const noted = "node_modules/.package-lock.json";
  const faults = [
    ...lockFaults(read("package.json") as Manifest, lock),
    ...(existsSync(join(root, noted))
      ? installedFaults(lock, packagesIn(noted))
      : ["node_modules was not installed by npm; run npm ci"]),
  ];
  const { exitCode, stdout } = Bun.spawnSync(["npm", "audit", "signatures", "--json"], { cwd: root, stderr: "ignore" });
  const { verdict, text } = signatureVerdict(exitCode, stdout.toString());
  for (const fault of faults) console.error(fault);
  console.log(
    `${Object.keys(lock).length - 1} packages are locked${faults.length === 0 ? " to one version and one SHA-512 each, installed as locked, and run nothing but what allowScripts names" : ""}`,
  );
  console.log(`signatures ${verdict}: ${text}`);
  if (faults.length > 0 || verdict === "wrong") process.exitCode = 1;
}
