/** What it gives, or why the connection ended before, which calls what is `waiting`. */
export function untilTheEnd<T>(waiting: Set<(ended: unknown) => void>, work: PromiseLike<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  waiting.add(reject);
  work.then(
    (result) => {
      waiting.delete(reject);
      resolve(result);
    },
    (error: unknown) => {
      waiting.delete(reject);
      reject(error);
    },
  );
  return promise;
}
