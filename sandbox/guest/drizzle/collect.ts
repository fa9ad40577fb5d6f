import { ENUM, POLICY, ROLE, SEQUENCE, TABLE, VIEW } from "./marks.ts";
import { isOpaque } from "./opaque.ts";
import { type PolicyRecord, policyRecord } from "./policy.ts";
import { isMarked } from "./sql.ts";
import type { TableRecord } from "./table.ts";

/** Everything that files of tables export, as plain data. Two exports of the same thing are one. */
export function collect(modules: readonly Readonly<Record<string, unknown>>[]) {
  const values = new Set(modules.flatMap((module) => Object.values(module)).filter((value) => !isOpaque(value)));
  const marked = (mark: symbol) => [...values].flatMap((value) => (isMarked(value, mark) ? value[mark] : []));
  return {
    tables: (marked(TABLE) as readonly Table[])
      .toSorted((a, b) => a.position - b.position)
      .map((table) => table.record()),
    enums: marked(ENUM),
    views: marked(VIEW),
    policies: marked(POLICY).flatMap((state) => policyRecord(state)) as readonly PolicyRecord[],
    sequences: marked(SEQUENCE),
    roles: marked(ROLE).flatMap((role) => ((role as Role).existing ? [] : { name: (role as Named).name })),
  };
}

interface Table {
  readonly position: number;
  record(): TableRecord;
}

interface Named {
  readonly name: string;
}

interface Role extends Named {
  readonly existing: boolean;
}
