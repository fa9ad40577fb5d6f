import { d1, migrate, ToolError } from "godwit/edge";
import compiled from "./migrations/compiled.json";

interface Env {
  readonly DB: Parameters<typeof d1>[0] & {
    prepare(sql: string): { all(): Promise<{ readonly results: readonly unknown[] }> };
  };
  readonly SECRET: string;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/migrate") {
      const { results } = await env.DB.prepare("SELECT id, text FROM notes ORDER BY id").all();
      return Response.json(results);
    }
    if (searchParams.get("secret") !== env.SECRET) return new Response("no", { status: 403 });
    try {
      return Response.json(await migrate({ driver: d1(env.DB), migrations: compiled }));
    } catch (error) {
      if (error instanceof ToolError) return new Response(error.message, { status: 500 });
      throw error;
    }
  },
};
