import { afterAll, beforeAll, describe, expect } from "bun:test";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type BareRoot, bareRoot } from "../helpers/bare-root.ts";
import { godwitBinary } from "../helpers/binary.ts";
import { type Certificates, makeCertificates } from "../helpers/certificates.ts";
import { startServer } from "../helpers/kept-server.ts";
import { startMariadb } from "../helpers/mariadb-server.ts";
import { testInNamespaces } from "../helpers/namespaces.ts";
import { postgresProgram } from "../helpers/postgres-server.ts";

// The executable has the roots of public authorities in it, and takes others from a file: one of the URL, the one that NODE_EXTRA_CA_CERTS
// names, or the system's, where NODE_USE_SYSTEM_CA asks for it. A server that none of them has signed for is refused.

let certificates: Certificates;
let bare: BareRoot;
let systemic: BareRoot;
beforeAll(async () => {
  certificates = makeCertificates();
  bare = bareRoot(await godwitBinary());
  copyFileSync(certificates.authority, join(bare.root, "ca.pem"));
  systemic = bareRoot(await godwitBinary());
  mkdirSync(join(systemic.root, "etc/ssl/certs"), { recursive: true });
  copyFileSync(certificates.authority, join(systemic.root, "etc/ssl/certs/ca-certificates.crt"));
});
afterAll(() => {
  bare.remove();
  systemic.remove();
  certificates.remove();
});

const openings = {
  postgresql: {
    parameters: { verified: "sslmode=verify-full", given: "sslmode=verify-full&sslrootcert=/ca.pem" },
    start: async () => {
      const { certificate, key } = certificates;
      const { server, urlAt } = postgresProgram(["ssl=on", `ssl_cert_file=${certificate}`, `ssl_key_file=${key}`]);
      const { port, stop } = await startServer(server);
      return { url: urlAt(port), stop };
    },
  },
  mariadb: {
    parameters: { verified: "ssl-mode=verify_identity", given: "ssl-mode=verify_identity&ssl-ca=/ca.pem" },
    start: async () => {
      const { certificate, key } = certificates;
      const { url, stop } = await startMariadb([`--ssl-cert=${certificate}`, `--ssl-key=${key}`]);
      return { url: `${url}/mysql`, stop };
    },
  },
};

for (const [database, { parameters, start }] of Object.entries(openings)) {
  describe(database, () => {
    let url: string;
    let stop: () => Promise<void>;
    beforeAll(async () => {
      ({ url, stop } = await start());
    }, 60_000);
    afterAll(() => stop());

    const wait = (parameter: string, env: Readonly<Record<string, string>> = {}, root = bare) =>
      root.run(["migrate", "wait", "--timeout", "0"], { DATABASE_URL: `${url}?${parameter}`, ...env });
    const answered = { stdout: "the database answers\n", stderr: "", exitCode: 0 };

    testInNamespaces("a certificate of an authority that nobody knows is refused", async () => {
      const { exitCode, stderr } = await wait(parameters.verified);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 1,
        stderr: expect.stringMatching(/certificate of .* is not trusted/),
      });
    });

    testInNamespaces("the authority is named by the URL", async () => {
      expect(await wait(parameters.given)).toEqual(answered);
    });

    testInNamespaces("the authority is among the system's, where those are asked for", async () => {
      expect((await wait(parameters.verified, {}, systemic)).exitCode).toBe(1);
      expect(await wait(parameters.verified, { NODE_USE_SYSTEM_CA: "1" }, systemic)).toEqual(answered);
    });

    testInNamespaces("the authority is among those of NODE_EXTRA_CA_CERTS", async () => {
      expect(await wait(parameters.verified, { NODE_EXTRA_CA_CERTS: "/ca.pem" })).toEqual(answered);
    });
  });
}

testInNamespaces("the roots of public authorities are in the executable", async () => {
  const script = "console.log(require('node:tls').rootCertificates.length)";
  const { stdout } = await bare.run(["-e", script], { BUN_BE_BUN: "1" });
  expect(Number(stdout)).toBeGreaterThan(100);
});
