import { assigned, type Rule, token } from './rule.ts'

const AZURE = 'https://github.com/microsoft/security-utilities/blob/main/docs/HighConfidenceSecurityModels.md'
const VAULT = 'https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes'

/** Clouds, and what runs on them. */
export const CLOUD_RULES: readonly Rule[] = [
  {
    id: 'an AWS access key',
    literals: ['AKIA', 'ASIA', 'ABIA'],
    pattern: token('A[KSB]IA[A-Z2-7]{16}'),
    example: 'AKIA{16:A}',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes',
  },
  {
    id: 'an AWS secret access key',
    literals: ['SECRET_ACCESS_KEY', 'ecret_access_key', 'ecretAccessKey', 'ECRET_KEY', 'ecret_key'],
    pattern: assigned('(?:SECRET|[Ss]ecret)_?(?:ACCESS|[Aa]ccess)?_?(?:KEY|[Kk]ey)', '[A-Za-z0-9/+]{40}'),
    example: 'AWS_SECRET_ACCESS_KEY={38}/+',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  },
  {
    id: 'an Amazon Bedrock key',
    literals: ['ABSKQmVkcm9ja0FQSUtleS', 'bedrock-api-key-'],
    pattern: token('ABSKQmVkcm9ja0FQSUtleS[A-Za-z0-9+/]{86,248}={0,2}|bedrock-api-key-[A-Za-z0-9+/=_-]{60,}'),
    example: 'ABSKQmVkcm9ja0FQSUtleS{110}=',
    source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
  },
  {
    id: 'an Azure key',
    literals: ['JQQJ9'],
    pattern: token(
      '[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9][A-L][A-Za-z0-9]{16}[A-Za-z][A-Za-z0-9]{7}(?:[A-Za-z0-9]{2}==)?',
    ),
    example: '{52}JQQJ99BAA{15}x{7}',
    source: AZURE,
  },
  {
    id: 'an Azure key',
    literals: [
      ...['APIM', 'ACDb', 'AIoT', 'AzFu', 'AzSe', 'AzCa', 'AZEG'],
      // A plus is written otherwise in addresses.
      ...['ABa', 'AMC', 'ASt', 'ASb', 'AEh', 'ARm', 'ACR'].flatMap((mark) => [`+${mark}`, `%2B${mark}`]),
    ],
    pattern: token(
      '[A-Za-z0-9+/]{76}(?:APIM|ACDb|\\+ABa|\\+AMC|\\+ASt)[A-Za-z0-9+/]{5}[AQgw]==' +
        '|[A-Za-z0-9+/]{33}(?:AIoT|\\+ASb|\\+AEh|\\+ARm)[A-P][A-Za-z0-9+/]{5}=' +
        '|[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]==' +
        '|[A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5}' +
        '|[A-Za-z0-9]{33}AzCa[A-P][A-Za-z0-9]{5}=' +
        '|[A-Za-z0-9+/]{42}\\+ACR[A-D][A-Za-z0-9+/]{5}' +
        '|[A-Za-z0-9]{33}AZEG[A-P][A-Za-z0-9]{5}=',
    ),
    // 76 characters, some of them encoded for an address; the default would take ten times as long.
    reach: { before: 256, after: 64 },
    example: '{42}AzSeB{5}',
    source: AZURE,
  },
  {
    id: 'an Azure storage key',
    literals: ['AccountKey=', 'SharedAccessKey='],
    pattern: /(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{43,86}={1,2})/g,
    example: 'AccountName=a;AccountKey={86}==',
    source: 'https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string',
  },
  {
    id: 'an Azure shared access signature',
    literals: ['sig='],
    pattern:
      /[?&;](?:se|sp|sv|sr|ss|st|skn)=[^\s"'<>]{1,800}?[&;]sig=([A-Za-z0-9%+/]{43,63}(?:%3[Dd]|=)?)|[?&]sig=([A-Za-z0-9%+/]{43,63}(?:%3[Dd]|=)?)&(?:se|sp|sv|sr)=/g,
    example: 'https://a.blob.core.windows.net/b?sv=2024-11-04&se=2027-01-01&sr=c&sp=rl&sig={43}%3D',
    source: 'https://learn.microsoft.com/azure/storage/common/storage-sas-overview',
  },
  {
    id: 'an Azure client secret',
    literals: ['7Q~', '8Q~'],
    pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/g,
    example: '{3}8Q~{34}',
    source: AZURE,
  },
  {
    id: 'an Azure DevOps token',
    literals: ['AZDO'],
    pattern: token('[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}'),
    example: '{76}AZDO{4}',
    source: AZURE,
  },
  {
    id: 'a Google API key',
    literals: ['AIza'],
    pattern: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g,
    example: 'AIza{35}',
    source: 'https://cloud.google.com/docs/authentication/api-keys',
  },
  {
    id: 'a Google API key',
    literals: ['AQ.Ab8RN6'],
    pattern: token('AQ\\.Ab8RN6[A-Za-z0-9_-]{40,}'),
    example: 'AQ.Ab8RN6{44}',
    source: 'https://cloud.google.com/docs/authentication/api-keys',
  },
  {
    id: 'a Google OAuth secret',
    literals: ['GOCSPX-', 'ya29.'],
    pattern: token('GOCSPX-[A-Za-z0-9_-]{28}|ya29\\.[A-Za-z0-9_-]{40,}'),
    example: 'GOCSPX-{28}',
    source: 'https://developers.google.com/identity/protocols/oauth2/web-server',
  },
  {
    id: 'a Google OAuth refresh token',
    literals: ['1//0'],
    pattern: /(?<![A-Za-z0-9/])1\/\/0[A-Za-z0-9_-]{90,}/g,
    example: '1//0{98}',
    source: 'https://developers.google.com/identity/protocols/oauth2/web-server#offline',
  },
  {
    id: 'a Google storage key',
    literals: ['GOOG1', 'GOOG'],
    pattern: token('GOOG(?:1[A-Z0-9]{56}|[A-Z0-9]{20})'),
    example: 'GOOG1{56:A}',
    source: 'https://cloud.google.com/storage/docs/authentication/hmackeys',
  },
  {
    id: 'a DigitalOcean token',
    literals: ['dop_v1_', 'doo_v1_', 'dor_v1_', 'dos_v1_'],
    pattern: token('do[oprs]_v1_[a-f0-9]{64}'),
    example: 'dop_v1_{64:h}',
    source: 'https://docs.digitalocean.com/reference/api/create-personal-access-token/',
  },
  {
    id: 'a Cloudflare key',
    literals: ['CLOUDFLARE_', 'cloudflare_', 'CF_API_'],
    pattern: assigned('(?:CLOUDFLARE|cloudflare|CF)_(?:API|api)_(?:TOKEN|token|KEY|key)', '[A-Za-z0-9_-]{37,40}'),
    example: 'CLOUDFLARE_API_TOKEN={40}',
    source: 'https://developers.cloudflare.com/fundamentals/api/get-started/create-token/',
  },
  {
    id: 'a Heroku key',
    literals: ['HRKU-'],
    pattern: token('HRKU-[A-Za-z0-9_-]{36,64}'),
    example: 'HRKU-AA{58}',
    source: 'https://devcenter.heroku.com/articles/authentication',
  },
  {
    id: 'a Vault token',
    literals: ['hvs.', 'hvb.', 'hvr.'],
    pattern: token('hv[bsr]\\.[A-Za-z0-9_-]{24,300}'),
    example: 'hvs.{24}',
    source: VAULT,
  },
  {
    id: 'a Vault token',
    literals: ['VAULT_TOKEN', 'vault_token'],
    pattern: assigned('VAULT_TOKEN|vault_token', '[sbr]\\.[A-Za-z0-9]{24,}'),
    example: 'VAULT_TOKEN=s.{24}',
    source: VAULT,
  },
  {
    id: 'a Terraform Cloud token',
    literals: ['.atlasv1.'],
    pattern: token('[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70}'),
    example: '{14}.atlasv1.{67}',
    source: 'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
  },
  {
    id: 'a Pulumi token',
    literals: ['pul-'],
    pattern: token('pul-[a-f0-9]{40}'),
    example: 'pul-{40:h}',
    source: 'https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/',
  },
]
