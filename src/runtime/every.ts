/** Calls `work` every so many milliseconds, without keeping the process alive for it. Returns what ends that. */
export function every(ms: number, work: () => void): () => void {
  const timer: unknown = setInterval(work, ms);
  // In runtimes of the web a timer is a number, and keeps nothing alive.
  if (typeof timer === "object") (timer as NodeJS.Timeout).unref();
  return () => clearInterval(timer as NodeJS.Timeout);
}
