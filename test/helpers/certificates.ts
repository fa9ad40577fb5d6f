import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { reachableFolder, serverUser } from "./server-folder.ts";

/** An authority of one's own, and the certificate of a server that it has signed, for `localhost` and 127.0.0.1. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  /** Belongs to `serverUser`, and nobody else may read it: PostgreSQL insists. */
  readonly key: string;
  remove(): void;
}

export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(reachableFolder(), "godwit-certificates-"));
  chmodSync(folder, 0o755);
  const file = (name: string): string => join(folder, name);
  const openssl = (line: string): void => {
    const { exitCode, stderr } = Bun.spawnSync(["openssl", ...line.split(" ")], { cwd: folder });
    if (exitCode !== 0) throw new Error(`openssl ${line}: ${stderr}`);
  };
  openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=ca -days 2");
  openssl(
    "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=localhost -days 2 -CA ca.pem -CAkey ca.key -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE",
  );
  const user = serverUser();
  if (user) chownSync(file("key.pem"), user.uid, user.gid);
  chmodSync(file("key.pem"), 0o600);
  return {
    authority: file("ca.pem"),
    certificate: file("cert.pem"),
    key: file("key.pem"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
