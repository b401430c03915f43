import { proxies } from '../api/proxy.ts'
import type { InputName } from '../inputs/names.ts'
import type { Runner } from './runner.ts'

/** Inputs that hold secrets. */
const SECRET_INPUTS: readonly InputName[] = ['anthropic-api-key', 'github-token', 'workflow-token']

/** Masks what the run is given to keep to itself; done before anything is printed. */
export function maskSecrets(runner: Runner): void {
  for (const name of SECRET_INPUTS) runner.secret(runner.input(name))
  for (const password of proxyPasswords(runner.env)) runner.secret(password)
}

/** Shorter texts are not masked: the log would become unreadable, and they protect nothing. */
const MIN_LENGTH = 4

/**
 * Every form in which a secret may turn up in a log: itself, each of its lines, and both as Base64 (alone, and as git's
 * basic authentication carries a token) and encoded for a URL.
 */
export function maskedForms(secret: string): readonly string[] {
  if (secret.trim() === '') return []
  const texts = [secret, ...secret.split(/\r?\n/)].map((text) => text.trim())
  const forms = texts.flatMap((text) => [
    text,
    base64(text),
    base64(`x-access-token:${text}`),
    encodeURIComponent(text),
  ])
  return [...new Set(forms)].filter((form) => form.length >= MIN_LENGTH)
}

/** Passwords of the proxies that the environment names, as given and decoded. What is no address is secret as a whole. */
function proxyPasswords(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return proxies(env).flatMap(({ text, url }) => {
    if (url === undefined) return [text]
    if (url.password === '') return []
    const password = decode(url.password)
    return [url.password, password, base64(`${decode(url.username)}:${password}`)]
  })
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
