/** A place where a turn waits for somebody outside. */
export class Hold {
  #release: (() => void) | undefined

  get isHeld(): boolean {
    return this.#release !== undefined
  }

  /** Resolves when it is released. @throws the reason of the signal */
  async wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    this.#release = resolve
    await promise.finally(() => {
      this.#release = undefined
    })
  }

  release(): void {
    this.#release?.()
  }
}
