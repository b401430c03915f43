import { type EmulatorOptions, FEDERATION, type Federation, type JournalEntry } from '../../emulator/emulator.ts'
import { type GitHubOidc, type GitHubOidcOptions, startGitHubOidc } from '../../emulator/github/github-oidc.ts'
import { Scene } from './scene.ts'

/** The inputs of a workflow that has a federation rule and no key. */
export const FEDERATED_INPUTS = {
  'anthropic-api-key': '',
  'anthropic-federation-rule-id': FEDERATION.ruleId,
  'anthropic-organization-id': FEDERATION.organizationId,
  'anthropic-service-account-id': FEDERATION.serviceAccountId,
  'anthropic-workspace-id': FEDERATION.workspaceId,
} as const

interface FederatedOptions {
  readonly rule?: Partial<Federation>
  readonly oidc?: GitHubOidcOptions
  readonly emulator?: EmulatorOptions
}

/** A scene whose service exchanges the OIDC tokens of a GitHub of its own. */
export class FederatedScene {
  readonly scene: Scene
  readonly oidc: GitHubOidc

  private constructor(scene: Scene, oidc: GitHubOidc) {
    this.scene = scene
    this.oidc = oidc
  }

  static async open({ rule, oidc: options, emulator }: FederatedOptions = {}): Promise<FederatedScene> {
    const oidc = await startGitHubOidc(options)
    const federation = { issuer: oidc.issuer, publicKey: oidc.publicKey, ...rule }
    return new FederatedScene(await Scene.open({ ...emulator, federation }), oidc)
  }

  /** What the runner gives to a job with `id-token: write`. */
  get env(): Readonly<Record<string, string>> {
    const { url, requestToken } = this.oidc
    return { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken }
  }

  exchanges(): readonly JournalEntry[] {
    return this.scene.sent().filter(({ path }) => path === '/v1/oauth/token')
  }

  /** Calls that were answered 401, the exchange aside. */
  refused(): readonly JournalEntry[] {
    return this.scene.sent().filter(({ path, status }) => path !== '/v1/oauth/token' && status === 401)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.scene[Symbol.asyncDispose](), this.oidc.close()])
  }
}

/** The assertion of an exchange. */
export function assertionOf({ body }: JournalEntry): string {
  return (body as { readonly assertion: string }).assertion
}
