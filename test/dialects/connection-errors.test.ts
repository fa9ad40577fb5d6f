import { describe, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import { knownDialects } from "../../src/dialects/known.gen.ts";
import { openDatabase } from "../../src/runtime/database.ts";

// All databases say the same of the same mistake in a connection URL, and none repeats the password. D1 is asked through its API, whose host nobody chooses.

const networked = knownDialects.filter(({ name }) => !["sqlite", "d1"].includes(name));

/** Schemes without TLS where there are several: a certificate is not what is looked at here. */
const schemeOf: Readonly<Record<string, string>> = { turso: "http+libsql" };

async function refusal(url: string, dialect?: string): Promise<ToolError> {
  try {
    await openDatabase({ url, ...(dialect !== undefined && { dialect }) });
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error(`"${url}" was opened`);
}

describe.each(networked.map((known) => [known.title, known] as const))(
  "%s",
  (_, { name, title, schemes, opensFiles }) => {
    const scheme = schemeOf[name] ?? schemes[0];
    const secret = (error: ToolError): string => `${error.message} ${JSON.stringify(error.data)}`;

    test("a port where no server answers", async () => {
      const error = await refusal(`${scheme}://ann:hunter2@127.0.0.1:1/shop`);
      expect(error.code).toBe("connect");
      expect(error.message).toMatch(
        /^(?:cannot connect to .*: )?no server answers at .*127\.0\.0\.1:1.*; is .* the port right\?/,
      );
      expect(error.data["starting"]).toBe(true);
      expect(secret(error)).not.toContain("hunter2");
    });

    test("a host that there is not", async () => {
      const error = await refusal(`${scheme}://ann:hunter2@db.invalid/shop`);
      expect(error.code).toBe("connect");
      expect(error.message).toMatch(
        /the host (?:of )?.*db\.invalid.* cannot be found; check its spelling in the connection URL, and the network/,
      );
      expect(secret(error)).not.toContain("hunter2");
    });

    test("a scheme that is a file's, or nobody's", async () => {
      const nobody = await refusal("nosuch://ann:hunter2@127.0.0.1/shop");
      expect([nobody.code, secret(nobody).includes("hunter2")]).toEqual(["url", false]);
      if (opensFiles) return;
      const file = await refusal("sqlite3:app.db", name);
      expect([file.code, file.message]).toEqual(["url", expect.stringContaining(`but the database is to be ${title}`)]);
    });
  },
);
