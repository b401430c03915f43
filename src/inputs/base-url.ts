import { PUBLIC_API } from '../api/connect.ts'
import type { Platform } from '../api/credentials/usable-credential.ts'
import { quote } from '../text/escape.ts'
import type { InputReader } from './reader.ts'
import type { Setting } from './setting.ts'

/** Reads the address of the service. What is wrong with it is a problem of `base-url`, wherever it comes from. */
export function readBaseUrl(read: InputReader, { text, source }: Setting, platform: Platform): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  const hasLogin = url !== undefined && url.username + url.password !== ''
  if (url === undefined || !secure || hasLogin || url.search !== '' || url.hash !== '') {
    read.problem(
      'base-url',
      `${hasLogin ? 'a URL with a user name or password' : quote(text)}${source} is not a valid address: it must be an https URL without user, query or fragment (http is allowed for loopback only)`,
    )
    return new URL(PUBLIC_API)
  }
  const meant = platformOf(url)
  if (meant !== undefined && meant !== platform) {
    read.problem(
      'platform',
      `is \`${platform}\`, but ${quote(url.href)}${source} is an address of \`${meant}\`; set \`platform: ${meant}\``,
    )
  }
  return withoutVersion(url, read)
}

/** The region that an address on AWS names; undefined if it is none. */
export function regionOf({ hostname }: URL): string | undefined {
  return /^aws-external-anthropic\.([a-z0-9-]+)\.api\.aws$/.exec(hostname)?.[1]
}

/** The only platform that an address can be of; undefined for gateways and other servers. */
function platformOf(url: URL): Platform | undefined {
  if (url.origin === PUBLIC_API) return 'anthropic'
  if (/^aws-external-anthropic\./.test(url.hostname)) return 'aws'
  return url.hostname === 'claude.googleapis.com' ? 'google-cloud' : undefined
}

/** Addresses for other tools often end with the version, which here is part of each call's own path. */
function withoutVersion(url: URL, read: InputReader): URL {
  if (!/\/v1\/*$/.test(url.pathname)) return url
  const shorter = new URL(url)
  shorter.pathname = url.pathname.replace(/\/v1\/*$/, '/')
  read.notice('base-url', `the trailing "/v1" was dropped; using ${shorter.href}`)
  return shorter
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
