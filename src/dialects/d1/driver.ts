import { ToolError } from "../../core/errors.ts";
import type { Driver } from "../../runtime/driver.ts";
import { openD1 } from "./remote.ts";

/**
 * Opens `d1://ACCOUNT_ID/DATABASE_ID` over Cloudflare's HTTP API; the token stands in `?token=` or in CLOUDFLARE_API_TOKEN. Rejects with ToolError `url`
 * or `connect`.
 */
export default async function openDriver(url: string): Promise<Driver> {
  const [, accountId, databaseId, query = ""] = /^d1:\/\/([^/?#]+)\/([^/?#]+)\/?(?:\?(.*))?$/i.exec(url) ?? [];
  if (accountId === undefined || databaseId === undefined)
    throw new ToolError(
      "url",
      "the URL of a D1 database is d1://ACCOUNT_ID/DATABASE_ID; wrangler.toml and `wrangler d1 list` have both",
    );
  const parameters = new URLSearchParams(query);
  const unknown = [...parameters.keys()].find((key) => key !== "token");
  if (unknown !== undefined) throw new ToolError("url", `"${unknown}" is not a parameter of a D1 URL; there is token=`);
  const token = parameters.get("token") ?? process.env["CLOUDFLARE_API_TOKEN"];
  if (!token)
    throw new ToolError(
      "url",
      'D1 needs a token of the Cloudflare API with the right "D1 Edit"; give it in CLOUDFLARE_API_TOKEN',
    );
  return openD1({ accountId, databaseId, token });
}
