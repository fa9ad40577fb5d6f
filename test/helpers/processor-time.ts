/** Milliseconds of this process's own work since the call: what other processes do in the meantime does not count, as it does on a clock. */
export function processorTime(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
