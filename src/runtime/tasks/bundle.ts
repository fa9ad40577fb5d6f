import { existsSync } from "node:fs";
import { chmod, constants, copyFile, mkdir, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ToolError } from "../../core/errors.ts";
import type { BundleContent } from "../bundle.ts";
import { parseConfig } from "../config-file.ts";
import { type Executable, payloadMark, readExecutable, withTrailer } from "../executable.ts";
import { fileError, readFound, readText } from "../files.ts";
import { type Project, shownPath } from "../project.ts";
import { seedTexts } from "../seeds.ts";
import { compileProject } from "./compile.ts";

export interface BundleOptions {
  /** Absolute. */
  readonly out: string;
  /** An executable of godwit, absolute. It may have migrations inside, which are replaced. */
  readonly base: string;
  /** For which platform the base has to be: `linux-arm64`. */
  readonly target?: string | undefined;
}

/** Part of the public JSON. */
export interface BundleResult {
  readonly file: string;
  readonly platform: string;
  readonly bytes: number;
  readonly migrations: number;
  /** Files of `seeds/`, of all environments. */
  readonly seeds: number;
  /** Of the compiled migrations. */
  readonly checksum: string;
  readonly warnings: readonly string[];
}

/**
 * Makes an executable of a godwit with the migrations and the configuration of a project inside. Throws ToolError `file` for a base that
 * is no godwit, rather than to overwrite what is no such executable, and what `compile` throws.
 */
export async function bundle(project: Project, { out, base, target }: BundleOptions): Promise<BundleResult> {
  refuseOther(out);
  const found = readExecutable(base);
  const platform = await checkedPlatform(base, found, target);
  const compiled = await compileProject(project);
  const config = project.configFile === undefined ? project.configText : await readText(project.configFile);
  const seeds =
    project.seeds ?? seedTexts(join(project.root, "seeds"), (seed) => readFound(join(seed.directory, seed.file)));
  const content: BundleContent = {
    format: "godwit bundle",
    version: 1,
    config: config ?? null,
    compiled,
    ...(Object.keys(seeds).length > 0 && { seeds }),
  };
  const appended = withTrailer(JSON.stringify(content));
  await writeExecutable({ out, base, size: found.size, appended });
  return {
    file: shownPath(project, out),
    platform,
    bytes: found.size + appended.length,
    migrations: compiled.tracks.reduce((sum, track) => sum + track.migrations.length, 0),
    seeds: Object.keys(seeds).length,
    checksum: compiled.checksum,
    warnings: warningsOf(platform, config),
  };
}

function refuseOther(out: string): void {
  if (!existsSync(out)) return;
  let payload: unknown;
  try {
    ({ payload } = readExecutable(out));
  } catch (error) {
    // One that is damaged may go as well, but not a directory, or what may not even be read.
    if (!(error instanceof ToolError) || "code" in error.data) throw error;
    payload = true;
  }
  if (payload) return;
  throw new ToolError(
    "file",
    `"${out}" exists and is not what \`godwit bundle\` makes, so it is not overwritten; choose another name`,
    { path: out },
  );
}

async function checkedPlatform(
  base: string,
  { platform, size }: Executable,
  target: string | undefined,
): Promise<string> {
  if (platform === undefined || !(await holds(base, size, payloadMark)))
    throw new ToolError(
      "file",
      `"${base}" is no executable of a godwit that can be bundled; give one of this version`,
      {
        file: base,
      },
    );
  if (target === undefined || target === platform) return platform;
  throw new ToolError(
    "usage",
    `"${base}" is for ${platform}, and not for ${target}; give the godwit for that with --base FILE`,
    { file: base, platform, target },
  );
}

/** Whether a text is somewhere in a file's first `size` bytes. */
async function holds(path: string, size: number, text: string): Promise<boolean> {
  const file = await open(path);
  try {
    const chunk = Buffer.alloc(8 * 1024 * 1024);
    // The program lies at the end of the runtime.
    for (let end = size; end > 0; end -= chunk.length - text.length) {
      const start = Math.max(0, end - chunk.length);
      const { bytesRead } = await file.read(chunk, 0, end - start, start);
      if (chunk.subarray(0, bytesRead).includes(text)) return true;
    }
    return false;
  } finally {
    await file.close();
  }
}

/** Made aside and renamed: one that runs is left alone, and nobody meets half of one. */
async function writeExecutable({
  out,
  base,
  size,
  appended,
}: {
  readonly out: string;
  readonly base: string;
  readonly size: number;
  readonly appended: Uint8Array;
}): Promise<void> {
  const staged = join(dirname(out), `.${basename(out)}.${crypto.randomUUID()}.tmp`);
  try {
    await mkdir(dirname(out), { recursive: true });
    await copyFile(base, staged, constants.COPYFILE_FICLONE);
    await chmod(staged, 0o755);
    const file = await open(staged, "r+");
    try {
      await file.truncate(size);
      await file.write(appended, 0, appended.length, size);
    } finally {
      await file.close();
    }
    await rename(staged, out);
  } catch (error) {
    await unlink(staged).catch(() => undefined);
    throw fileError("write", out, error);
  }
}

function warningsOf(platform: string, config: string | undefined): readonly string[] {
  const url = config === undefined ? undefined : parseConfig(config, "godwit.yaml").database?.url;
  // A variable in its place is what it should be.
  const secret = /:\/\/[^\s:/@]*:[^\s@]+@/.test((url ?? "").replaceAll(/\$\{\w+\}/g, ""));
  return [
    ...(secret
      ? ["the URL in godwit.yaml has a password, which everybody finds who has the executable; put a ${VARIABLE} there"]
      : []),
    ...(platform.startsWith("darwin")
      ? ["macOS runs it only when it is signed again: codesign --force --sign - FILE"]
      : []),
  ];
}
