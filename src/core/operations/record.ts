import * as v from "valibot";

/**
 * `v.record` with every key. valibot's own leaves out `constructor` and `prototype` without a word, and a column may well be called
 * so; `__proto__`, which it leaves out too, never leaves the sandbox.
 */
export function record<K extends v.GenericSchema<string>, V extends v.GenericSchema>(
  key: K,
  value: V,
): v.RecordSchema<K, V, undefined> {
  const plain = v.record(key, value);
  return {
    ...plain,
    "~run": (dataset, config) => {
      const input: unknown = dataset.value;
      const result = plain["~run"](dataset, config);
      if (typeof input !== "object" || input === null) return result;
      return leftOut
        .filter((name) => Object.hasOwn(input, name))
        .reduce(
          (sum, name) => withEntry(sum, input as Entries, name, (found) => value["~run"]({ value: found }, config)),
          result,
        );
    },
  };
}

const leftOut = ["constructor", "prototype"];

type Entries = Readonly<Record<string, unknown>>;
type Found<T> = v.OutputDataset<T, v.BaseIssue<unknown>>;

function withEntry<T>(
  result: Found<T>,
  input: Entries,
  name: string,
  run: (found: unknown) => Found<unknown>,
): Found<T> {
  const entry = run(input[name]);
  if (!entry.issues) return { ...result, value: { ...(result.value as object), [name]: entry.value } } as Found<T>;
  const at = { type: "object", origin: "value", input: { ...input }, key: name, value: input[name] } as const;
  const [first, ...more] = [
    ...(result.issues ?? []),
    ...entry.issues.map((issue) => ({ ...issue, path: [at, ...(issue.path ?? [])] as [typeof at] })),
  ];
  return { typed: false, value: result.value, issues: first ? [first, ...more] : entry.issues };
}
