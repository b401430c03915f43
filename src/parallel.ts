import pLimit from 'p-limit'

/**
 * Does the work for each item, so many at a time. After a failure nothing new is begun, but what was begun is waited
 * for, so that its effects are known; then the first failure is thrown.
 */
export async function inParallel<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const limit = pLimit(concurrency)
  const failures: unknown[] = []
  await Promise.all(
    items.map((item) =>
      limit(async () => {
        if (failures.length > 0) return
        await work(item).catch((error: unknown) => failures.push(error))
      }),
    ),
  )
  if (failures.length > 0) throw failures[0]
}
