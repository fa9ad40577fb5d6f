import { setDefaultTimeout } from "bun:test";

/**
 * Runs before every test file: makes the outcome of a test independent of who runs it and where.
 *
 * A developer's own `DATABASE_URL` must never be migrated by a test, colours and locale must not change texts.
 */
for (const name of Object.keys(process.env)) {
  if (name === "DATABASE_URL" || (name.startsWith("GODWIT_") && !name.startsWith("GODWIT_TEST_")))
    delete process.env[name];
}
process.env["NO_COLOR"] = "1";
delete process.env["FORCE_COLOR"];
process.env["TZ"] = "UTC";
process.env["LC_ALL"] = "C";

// Two cores and a real database: five seconds, the default, is too little for a test that starts processes.
setDefaultTimeout(30_000);
