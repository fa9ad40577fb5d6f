import type { HostModule } from "./host-module.ts";

/** What a host module promises, as data: two that are the same here can stand for each other. */
export const promiseOf = ({ exports, version, pure }: HostModule): unknown => ({
  kind: "host",
  version: version ?? null,
  pure: pure === true,
  exports: Object.fromEntries(Object.entries(exports).map(([name, { params, result }]) => [name, { params, result }])),
});
