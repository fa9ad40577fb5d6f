import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A registry that has the packages of a directory and no others. */
export interface NpmRegistry {
  readonly url: string;
  /** What was asked for since the last call: names of packages and tarballs. */
  asked(): readonly string[];
  stop(): Promise<void>;
}

/** Serves the tarballs of a directory as `npm install` and `bun add` want it, on this machine only. */
export function serveNpmRegistry(directory: string): NpmRegistry {
  let asked: string[] = [];
  const manifests = new Map(readdirSync(directory).map((file) => [file, manifestIn(join(directory, file))]));
  const server: Bun.Server<undefined> = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request) {
      const path = decodeURIComponent(new URL(request.url).pathname.slice(1));
      asked.push(path);
      if (manifests.has(path)) return new Response(Bun.file(join(directory, path)));
      const found = [...manifests].find(([, { name }]) => name === path);
      return found ? Response.json(document(...found)) : Response.json({ error: "not found" }, { status: 404 });
    },
  });
  const document = (file: string, manifest: Manifest): object => ({
    name: manifest.name,
    "dist-tags": { latest: manifest.version },
    versions: {
      [manifest.version]: {
        ...manifest,
        dist: {
          tarball: `${server.url}${file}`,
          integrity: `sha512-${createHash("sha512")
            .update(readFileSync(join(directory, file)))
            .digest("base64")}`,
        },
      },
    },
  });
  return {
    url: server.url.href,
    asked: () => {
      const before = asked;
      asked = [];
      return before;
    },
    stop: () => server.stop(true),
  };
}

/** The package.json in a tarball. */
export const manifestIn = (tarball: string): Manifest =>
  JSON.parse(Bun.spawnSync(["tar", "-xzOf", tarball, "package/package.json"]).stdout.toString()) as Manifest;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}
