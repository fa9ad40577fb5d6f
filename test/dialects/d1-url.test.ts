import { expect, test } from "bun:test";
import openDriver from "../../src/dialects/d1/driver.ts";
import { parseUrl } from "../../src/runtime/url.ts";
import { refusal } from "../library/program.ts";

test("a URL of D1 that cannot be used is explained, and no token is shown", async () => {
  expect(parseUrl("d1://account/db?token=secret").redacted).toBe("d1://account/db?token=***");
  expect((await refusal(openDriver("d1://account"))).message).toContain("d1://ACCOUNT_ID/DATABASE_ID");
  expect((await refusal(openDriver("d1://account/db?tokn=secret"))).message).toBe(
    '"tokn" is not a parameter of a D1 URL; there is token=',
  );
  delete process.env["CLOUDFLARE_API_TOKEN"];
  expect((await refusal(openDriver("d1://account/db"))).message).toContain("CLOUDFLARE_API_TOKEN");
});
