import { assigned, isHexDigit, type Rule, token } from './rule.ts'

/** Services that workflows call: messages, payments, models, data. */
export const SERVICE_RULES: readonly Rule[] = [
  {
    id: 'an Anthropic key',
    literals: ['sk-ant-'],
    pattern: token('sk-ant-[a-z]{3,5}\\d\\d-[A-Za-z0-9_-]{40,}'),
    example: 'sk-ant-oat01-{93}AA',
    source: 'https://docs.claude.com/en/api/admin-api/apikeys/get-api-key',
  },
  {
    id: 'an OpenAI key',
    literals: ['T3BlbkFJ'],
    pattern: token('sk-(?:[a-z]{2,12}-)?[A-Za-z0-9_-]{20,80}T3BlbkFJ[A-Za-z0-9_-]{20,80}'),
    example: 'sk-proj-{74}T3BlbkFJ{74}',
    source: 'https://platform.openai.com/docs/api-reference/authentication',
  },
  {
    id: 'a model provider key',
    literals: ['sk-or-v1-', 'xai-', 'pplx-', 'r8_', 'api_org_', 'lsv2_', 'pcsk_', 'wandb_v1_', 'tgp_v1_'],
    pattern: token(
      'sk-or-v1-[a-f0-9]{64}|xai-[A-Za-z0-9]{70,90}|pplx-[A-Za-z0-9]{48,56}|r8_[A-Za-z0-9]{37}|api_org_[A-Za-z]{34}' +
        '|lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}|pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{63}|wandb_v1_[A-Za-z0-9_]{60,}' +
        '|tgp_v1_[A-Za-z0-9_-]{43}',
    ),
    example: 'xai-{80}',
    source: 'https://docs.x.ai/docs/tutorial',
  },
  {
    id: 'a model provider key',
    literals: ['WANDB_API_KEY', 'COHERE_API_KEY', 'CO_API_KEY', 'MISTRAL_API_KEY', 'DEEPSEEK_API_KEY'],
    pattern: assigned('(?:WANDB|COHERE|CO|MISTRAL|DEEPSEEK)_API_KEY', '(?:sk-)?[A-Za-z0-9]{32,40}'),
    example: 'WANDB_API_KEY={40:h}',
    source: 'https://docs.wandb.ai/platform/app/settings-page/user-settings#api-keys',
  },
  {
    id: 'a Slack token',
    literals: [
      'xoxb-',
      'xoxp-',
      'xoxa-',
      'xoxr-',
      'xoxo-',
      'xoxs-',
      'xoxc-',
      'xoxd-',
      'xoxe-',
      'xoxe.',
      'xapp-',
      'hooks.slack.com/',
    ],
    pattern: token(
      'xox[abceoprs](?:-[A-Za-z0-9]{6,}){2,}|xoxe(?:\\.xox[bp])?-\\d-[A-Za-z0-9]{100,}|xoxd-[A-Za-z0-9%+/=]{40,}' +
        '|xapp-\\d-[A-Z0-9]{8,}-\\d+-[a-f0-9]{40,}' +
        '|hooks\\.slack\\.com/(?:services|workflows|triggers)/[TE][A-Z0-9]{8,}/[A-Z0-9]{8,}/[A-Za-z0-9/]{18,}',
    ),
    example: 'xoxb-{12:d}-{13:d}-{24}',
    source: 'https://docs.slack.dev/authentication/tokens',
  },
  {
    id: 'a Discord token',
    literals: ['DISCORD_', 'discord_', 'discord.com/api/webhooks/', 'Discord'],
    pattern:
      /[Dd](?:ISCORD|iscord)[^\n]{0,60}?(?<![A-Za-z0-9_-])([MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38})|discord\.com\/api\/webhooks\/\d{17,20}\/([A-Za-z0-9_-]{60,80})/g,
    example: 'DISCORD_TOKEN=MT{23}.{6}.{38}',
    source: 'https://discord.com/developers/docs/reference#authentication',
  },
  {
    id: 'a Telegram token',
    literals: [':AA'],
    pattern: /(?<![A-Za-z0-9])\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/g,
    example: '{10:d}:AA{33}',
    source: 'https://core.telegram.org/bots/features#botfather',
  },
  {
    id: 'a Stripe key',
    literals: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_'],
    pattern: token('[rs]k_(?:live|test)_[A-Za-z0-9]{20,247}|whsec_[A-Za-z0-9+/]{32,64}'),
    example: 'whsec_{32}',
    source: 'https://docs.stripe.com/keys',
  },
  {
    id: 'a Square or PayPal key',
    literals: ['sq0csp-', 'sq0atp-', 'access_token$production$'],
    pattern: token('sq0(?:csp|atp)-[A-Za-z0-9_-]{22,43}|access_token\\$production\\$[a-z0-9]{16}\\$[a-f0-9]{32}'),
    example: 'sq0csp-{43}',
    source: 'https://developer.squareup.com/docs/build-basics/access-tokens',
  },
  {
    id: 'a Twilio key',
    literals: [...'0123456789abcdef'].map((digit) => `SK${digit}`),
    pattern: token('SK[a-f0-9]{32}'),
    // Base64 has the start of one every 17,000 bytes, and hardly ever eight digits behind it.
    isWorthwhile: (bytes, at) => [2, 3, 4, 5, 6, 7, 8, 9].every((place) => isHexDigit(bytes[at + place])),
    example: 'SK{32:h}',
    source: 'https://www.twilio.com/docs/glossary/what-is-a-sid',
  },
  {
    id: 'a Twilio token',
    literals: ['TWILIO_', 'twilio_', 'Twilio', 'twilio'],
    pattern:
      /[Tt](?:WILIO|wilio)[^\n]{0,80}?(?:[Aa](?:UTH|uth)_?(?:TOKEN|[Tt]oken))?["'`\]]{0,2}\s{0,3}(?:=|:|,)\s{0,3}["'`]?([a-f0-9]{32})(?![A-Za-z0-9])|[Tt](?:WILIO|wilio)[^\n]{0,80}?(AC[a-f0-9]{32})(?![A-Za-z0-9])/g,
    example: 'TWILIO_AUTH_TOKEN={32:h}',
    source: 'https://www.twilio.com/docs/iam/api/authtoken',
  },
  {
    id: 'a SendGrid key',
    literals: ['SG.'],
    pattern: /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50}(?![A-Za-z0-9_-])/g,
    example: 'SG.{22}.{20}-{10}-{11}',
    source: 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys',
  },
  {
    id: 'a mail service key',
    literals: ['key-', 'xkeysib-', 'xsmtpsib-', 'MAILGUN_API_KEY', ...[...'123456789'].map((digit) => `-us${digit}`)],
    pattern: new RegExp(
      `${token('key-[a-f0-9]{32}|xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}|xsmtpsib-[a-f0-9]{64}-[A-Za-z0-9]{16}|[a-f0-9]{32}-us\\d{1,2}').source}|${assigned('MAILGUN_API_KEY', '[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}').source}`,
      'g',
    ),
    example: 'key-{32:h}',
    source: 'https://documentation.mailgun.com/docs/mailgun/user-manual/get-started/',
  },
  {
    id: 'a Shopify token',
    literals: ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shpua_', 'shptka_', 'shpcs_', 'prtapi_', 'shpit_', 'shprt_'],
    pattern: token('(?:shp(?:at|ca|pa|ss|ua|tka|cs|it|rt)|prtapi)_[a-fA-F0-9]{32}'),
    example: 'shpat_{32:h}',
    source: 'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens',
  },
  {
    id: 'a Doppler token',
    literals: ['dp.st.', 'dp.pt.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
    pattern: token('dp\\.(?:audit|ct|pt|scim|sa|st(?:\\.[a-z0-9_-]{2,35})?)\\.[A-Za-z0-9]{40,44}'),
    example: 'dp.st.dev.{43}',
    source: 'https://docs.doppler.com/reference/auth-token-formats',
  },
  {
    id: 'a Linear or Notion token',
    literals: ['lin_oauth_', 'lin_api_', 'secret_', 'ntn_'],
    pattern: token('lin_(?:api|oauth)_[A-Za-z0-9]{32,64}|secret_[A-Za-z0-9]{43}|ntn_\\d{11}[A-Za-z0-9]{35}'),
    example: 'lin_oauth_{64:h}',
    source: 'https://linear.app/developers/oauth-2-0-authentication',
  },
  {
    id: 'a database service key',
    literals: ['sbp_', 'sb_secret_', 'pscale_pw_', 'pscale_tkn_', 'pscale_oauth_', 'mdb_sa_sk_', 'AstraCS:'],
    pattern: token(
      'sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{31,}|pscale_(?:pw|tkn|oauth)_[A-Za-z0-9_.-]{32,64}|mdb_sa_sk_[A-Za-z0-9_-]{40}' +
        '|AstraCS:[A-Za-z]{24}:[a-f0-9]{64}',
    ),
    example: 'sbp_{40:h}',
    source: 'https://supabase.com/docs/guides/api/api-keys',
  },
  {
    id: 'a developer service key',
    literals: ['PMAK-', 'PMAT-', 'CFPAT-', 'rdme_', 'pnu_', 'pnb_', 'phx_', 'figs_', 'sk.eyJ1Ijoi', 'tskey-', 'EAAA'],
    pattern: token(
      'PMAK-[a-f0-9]{24}-[a-f0-9]{34}|PMAT-[A-Z0-9]{26}|CFPAT-[A-Za-z0-9_-]{43}|rdme_[a-z0-9]{70}|pn[ub]_[A-Za-z0-9]{36}' +
        '|phx_[A-Za-z0-9]{43,}|figs_[A-Za-z0-9_-]{40,}|sk\\.eyJ1Ijoi[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{22}' +
        '|tskey-[a-z]{2,20}-[A-Za-z0-9_]{8,}-[A-Za-z0-9_]{16,}|EAAA[A-Za-z0-9_-]{60}',
    ),
    example: 'PMAK-{24:h}-{34:h}',
    source: 'https://learning.postman.com/docs/developer/postman-api/authentication/',
  },
]
