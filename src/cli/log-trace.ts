/** A piece of work in a trace, by the ids that W3C Trace Context gives such things. */
export interface Span {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id?: string;
}

/**
 * The outermost span: under the one that `TRACEPARENT` names, else of a trace of its own. What is no valid traceparent counts
 * as none, as https://www.w3.org/TR/trace-context/#traceparent-header wants it.
 */
export function rootSpan(traceparent: string | undefined): Span {
  const [, version, trace = "", parent = ""] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-|$)/.exec(traceparent?.trim() ?? "") ?? [];
  const valid = version !== undefined && version !== "ff" && /[^0]/.test(trace) && /[^0]/.test(parent);
  return valid
    ? { trace_id: trace, span_id: randomHex(8), parent_span_id: parent }
    : { trace_id: randomHex(16), span_id: randomHex(8) };
}

export const childOf = (span: Span): Span => ({
  trace_id: span.trace_id,
  span_id: randomHex(8),
  parent_span_id: span.span_id,
});

const randomHex = (bytes: number): string => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("hex");
