import { rules } from '@secretlint/secretlint-rule-preset-recommend'
import { isInEncodedRun } from '../../text/secret-rules/encoded-run.ts'
import { MAX_REACH, type Reach } from '../../text/secret-rules/rule.ts'

/** A rule of secretlint, as far as it is used here. */
interface PresetRule {
  readonly meta: { readonly id: string }
  create(context: PresetContext, options: object): { readonly file?: (source: PresetSource) => unknown }
}

interface PresetContext {
  readonly createTranslator: () => () => { readonly message: string; readonly messageId: string }
  readonly report: (found: { readonly range: readonly [number, number] }) => void
  readonly ignore: () => void
}

interface PresetSource {
  readonly content: string
  readonly filePath: undefined
  readonly ext: string
  readonly contentType: 'text'
}

/** What a rule of the preset finds, and where it is worth running: the preset does not say. */
export interface PresetUse {
  readonly id: string
  readonly literals: readonly string[]
  readonly reach?: Reach
  /** As of a rule of ours. */
  readonly standsInData?: boolean
}

/** By the end of a rule's name; a string says why the rule is not run. */
export const PRESET: Readonly<Record<string, PresetUse | string>> = {
  aws: {
    id: 'an AWS secret access key',
    literals: ['ACCESS_KEY', 'access_key', 'Access_Key', 'AccessKey', 'accessKey', 'accesskey', 'ACCESSKEY'],
  },
  gcp: 'It parses whole files of JSON, and reads key stores from the disk. Their keys are found as private keys.',
  privatekey: { id: 'a private key', literals: ['PRIVATE KEY'], reach: MAX_REACH, standsInData: true },
  npm: { id: 'an npm token', literals: ['npm_', ':x-oauth-basic'] },
  basicauth: 'The rule for addresses takes more characters in a password, and fewer examples for one.',
  slack: {
    id: 'a Slack token',
    literals: ['xoxb-', 'xoxp-', 'xapp-', 'xoxa-', 'xoxo-', 'xoxr-', 'hooks.slack.com/', 'HOOKS.SLACK.COM/'],
  },
  sendgrid: { id: 'a SendGrid key', literals: ['SG.'] },
  shopify: { id: 'a Shopify token', literals: ['shppa_', 'shpca_', 'shpat_', 'shpss_'] },
  stripe: { id: 'a Stripe key', literals: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'] },
  github: { id: 'a GitHub token', literals: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'], reach: MAX_REACH },
  gitlab: { id: 'a GitLab token', literals: ['glpat-'] },
  grafana: { id: 'a Grafana key', literals: ['glc_', 'glsa_'] },
  openai: { id: 'an OpenAI key', literals: ['T3BlbkFJ'] },
  anthropic: { id: 'an Anthropic key', literals: ['sk-ant-'] },
  groq: { id: 'a Groq key', literals: ['gsk_'] },
  huggingface: { id: 'a Hugging Face token', literals: ['hf_'] },
  linear: { id: 'a Linear token', literals: ['lin_api_'] },
  notion: { id: 'a Notion token', literals: ['ntn_'] },
  '1password': { id: 'a 1Password token', literals: ['ops_ey'] },
  'database-connection-string': 'As for basicauth: the rule for addresses takes those of databases too.',
  'hashicorp-vault': { id: 'a Vault token', literals: ['hvs.', 'hvb.', 'hvr.'] },
  vercel: { id: 'a Vercel token', literals: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'] },
  databricks: { id: 'a Databricks token', literals: ['dapi'] },
  docker: { id: 'a Docker token', literals: ['dckr_pat_'] },
  figma: { id: 'a Figma token', literals: ['figd_'] },
  cloudflare: { id: 'a Cloudflare token', literals: ['cfk_', 'cfut_', 'cfat_'] },
  tailscale: { id: 'a Tailscale key', literals: ['tskey-'] },
  'filter-comments': 'Whoever writes a file must not switch off the search with a comment.',
}

/** The part of a rule's name that tells it from the others. */
function shortName(id: string): string {
  return id.replace(/^@secretlint\/secretlint-rule-/, '')
}

/** The preset's names of all its rules, those that are not run too. */
export const PRESET_NAMES: readonly string[] = (rules as unknown as readonly PresetRule[]).map(({ meta }) =>
  shortName(meta.id),
)

/** A rule of the preset, ready to be run on a text. */
export interface RunnableRule extends PresetUse {
  /** The texts that it takes for secrets. */
  readonly matches: (text: string) => readonly string[]
}

/** The rules that are run, called without secretlint's core, which takes more than twice the time. */
export function presetRules(): readonly RunnableRule[] {
  return (rules as unknown as readonly PresetRule[]).flatMap((rule) => {
    const use = PRESET[shortName(rule.meta.id)]
    return typeof use === 'object' ? [{ ...use, matches: presetMatcher(rule, use.standsInData) }] : []
  })
}

/** Characters of a secret behind its range. */
const LONGEST_REST = 100

function presetMatcher(rule: PresetRule, standsInData = false): (text: string) => readonly string[] {
  let content = ''
  let found: string[] = []
  const context: PresetContext = {
    createTranslator: () => () => ({ message: '', messageId: '' }),
    report: ({ range }) => {
      const [start, end] = range
      // Some ranges end in the middle of the secret, before what tells an example.
      const rest = /^[A-Za-z0-9/+]*/.exec(content.slice(end, end + LONGEST_REST))?.[0] ?? ''
      if (standsInData || !isInEncodedRun(content, start, end)) found.push(content.slice(start, end) + rest)
    },
    ignore: () => undefined,
  }
  const { file } = rule.create(context, {})
  return (text) => {
    content = text
    found = []
    file?.({ content, filePath: undefined, ext: '', contentType: 'text' })
    return found
  }
}
