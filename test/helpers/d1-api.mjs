// Cloudflare's HTTP API of D1, as far as godwit uses it, in front of the real D1 of miniflare: one Worker with many databases.
// Arguments: the module of miniflare, the port, how many databases.
const [module, port, count] = process.argv.slice(2);
const { Miniflare } = await import(module);

const script = `
const answer = (status, body) => Response.json({ success: status === 200, errors: [], messages: [], ...body }, { status });
export default {
  async fetch(request, env) {
    const [, name] = /^\\/client\\/v4\\/accounts\\/account\\/d1\\/database\\/([^/]+)\\/query$/.exec(new URL(request.url).pathname) ?? [];
    if (request.headers.get("authorization") !== "Bearer good")
      return answer(401, { errors: [{ code: 10000, message: "Authentication error" }] });
    const database = env[name];
    if (!database) return answer(404, { errors: [{ code: 7404, message: "The database " + name + " could not be found" }] });
    const body = await request.json();
    const statements = (body.batch ?? [body]).map(({ sql, params = [] }) => database.prepare(sql).bind(...params));
    try {
      const result = (await database.batch(statements)).map(({ results, meta }) => ({ results, meta, success: true }));
      return answer(200, { result });
    } catch (error) {
      // As the API has it, without the name of the error.
      return answer(400, { errors: [{ code: 7500, message: String(error.message).replace(/^D1_ERROR: /, "") }], result: [] });
    }
  },
};
`;
const d1Databases = Object.fromEntries(Array.from({ length: Number(count) }, (_, i) => ["db" + i, "db" + i]));
const server = new Miniflare({ modules: true, compatibilityDate: "2026-01-01", host: "127.0.0.1", port: Number(port), d1Databases, script });
// It runs in a process of its own, which would outlive this one.
process.on("SIGTERM", () => server.dispose().finally(() => process.exit()));
await server.ready;
console.log("ready");
