import pLimit from 'p-limit'

/**
 * Does the work for each item, so many at a time. After a failure that is fatal nothing new is begun, but what was begun
 * is waited for, so that its effects are known. Returns the failures, the fatal one first.
 */
export async function inParallel<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
  isFatal: (failure: unknown) => boolean = () => true,
): Promise<readonly unknown[]> {
  const limit = pLimit(concurrency)
  const failures: unknown[] = []
  let stopped = false
  await Promise.all(
    items.map((item) =>
      limit(async () => {
        if (stopped) return
        try {
          await work(item)
        } catch (failure) {
          if (!stopped && isFatal(failure)) failures.unshift(failure)
          else failures.push(failure)
          stopped ||= isFatal(failure)
        }
      }),
    ),
  )
  return failures
}
