import { readFileSync } from "node:fs";
import { ToolError } from "../../core/errors.ts";
import type { OpenDriver } from "../../runtime/driver.ts";
import { type Fetch, openClickhouse } from "./remote.ts";
import { parseClickhouseUrl } from "./url.ts";

/** ClickHouse over HTTP; `?ca=FILE` names a certificate authority to trust beside those of the system. */
const open: OpenDriver = (url, options = {}) => {
  const { ca } = parseClickhouseUrl(url);
  return openClickhouse({ ...options, url, ...(ca !== undefined && { fetch: trusting(readPem(ca)) }) });
};

export default open;

/** Bun's `fetch` takes it by request. Node does not, and wants NODE_EXTRA_CA_CERTS. */
const trusting =
  (ca: string): Fetch =>
  (input, init) =>
    fetch(input, { ...init, tls: { ca } } as RequestInit);

function readPem(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new ToolError(
      "url",
      `the file "${path}" that ca of the ClickHouse URL names cannot be read`,
      { path },
      { cause },
    );
  }
}
