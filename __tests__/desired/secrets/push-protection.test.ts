import { expect, test } from '@jest/globals'
import { madeUp } from '../../harness/made-up.ts'
import { findIn } from './search-text.ts'

const PEM = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE{45:b}\n{64:b}\n-----END OPENSSH PRIVATE KEY-----'
const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ{24}.{86}'
/** Keys of one form for many services of Azure: "identifiable" ones, and those that carry an annotation. */
const CASK = '{52}JQQJ99BAACYeBjFXJ3w3AAA{1}ACOG{4}'

/**
 * The kinds that GitHub's push protection stops, of forty services that workflows use: by service and GitHub's name of the
 * kind, an example, or why it is not found. The kinds are those of
 * https://docs.github.com/code-security/reference/secret-security/supported-secret-scanning-patterns with push protection.
 * Which services are used most nobody publishes; these are those of the actions that a workflow is most likely to hold:
 * clouds, registries, code hosts, chats, watching, models, payments.
 */
const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '1Password': { '1password_service_account_token': 'ops_eyJ{400}' },
  'Amazon AWS': {
    aws_access_key_id: 'AKIA{16:A}',
    aws_api_key: 'ABSKQmVkcm9ja0FQSUtleS{110}=',
    aws_session_token: 'ASIA{16:A}',
  },
  Anthropic: {
    anthropic_admin_api_key: 'sk-ant-admin01-{93}AA',
    anthropic_api_key: 'sk-ant-api03-{93}AA',
    anthropic_session_id: 'sk-ant-sid01-{86}-{6}AA',
  },
  Atlassian: { atlassian_api_token: 'ATATT3xFfGF0{170}={8:A}', atlassian_jwt: JWT },
  Azure: {
    azure_active_directory_application_secret: '{3}8Q~{34}',
    azure_ai_services_key: CASK,
    azure_apim_direct_management_key: '{76}APIM{5}A==',
    azure_batch_key_identifiable: '{76}+ABa{5}A==',
    azure_cache_for_redis_access_key: '{33}AzCaB{5}=',
    azure_container_registry_key_identifiable: '{42}+ACRB{5}',
    azure_cosmosdb_key_identifiable: '{76}ACDb{5}Q==',
    azure_devops_personal_access_token: '{52}JQQJ99BAACAAAAAAAAAAAAASAZDO{4}',
    azure_event_grid_key_identifiable: '{33}AZEGB{5}=',
    azure_event_hub_key_identifiable: '{33}+AEhB{5}=',
    azure_function_key: '{44}AzFu{5}A==',
    azure_iot_hub_key: '{33}AIoTB{5}=',
    azure_iot_hub_connection_string: 'HostName=a.azure-devices.net;SharedAccessKeyName=o;SharedAccessKey={43}=',
    azure_openai_key: CASK,
    azure_management_certificate: 'not found: its form is not documented',
    azure_relay_key_identifiable: '{33}+ARmB{5}=',
    azure_sas_token: '?sv=2024-11-04&ss=b&srt=co&sp=rl&se=2027-01-01T00:00:00Z&sig={43}%3D',
    azure_search_admin_key: '{42}AzSeB{5}',
    azure_service_bus_identifiable: '{33}+ASbB{5}=',
    azure_signalr_connection_string: 'not found: only its AccessKey tells it, which other things have',
    azure_sql_password: 'not found: a password without a form of its own',
    azure_storage_account_key: 'AccountKey={86}==',
    microsoft_azure_entra_id_token: JWT,
  },
  CircleCI: {
    circleci_bot_access_token: 'not found: its form is not documented',
    circleci_personal_access_token: 'CCIPAT_{22}_{40:h}',
    circleci_project_access_token: 'CCIPRJ_{22}_{40:h}',
    circleci_release_integration_token: 'not found: its form is not documented',
  },
  Cloudflare: {
    cloudflare_account_api_token: 'cfat_{40}{8:h}',
    cloudflare_global_user_api_key: 'cfk_{40}{8:h}',
    cloudflare_user_api_token: 'cfut_{40}{8:h}',
  },
  'crates.io': { cratesio_api_token: 'cio{32}' },
  Databricks: {
    databricks_access_token: 'dapi{32:h}',
    databricks_oauth_code: 'not found: its form is not documented',
    databricks_oauth_refresh_token: 'not found: its form is not documented',
    databricks_oauth_single_use_refresh_token_child: 'not found: its form is not documented',
    databricks_oauth_single_use_refresh_token_parent: 'not found: its form is not documented',
    databricks_scoped_internal_token: 'not found: its form is not documented',
    databricks_token: 'dapi{32:h}-2',
    databricks_workspace_session_token: 'not found: its form is not documented',
  },
  Datadog: { datadog_rcm: 'not found: its form is not documented' },
  DigitalOcean: {
    digitalocean_oauth_token: 'doo_v1_{64:h}',
    digitalocean_personal_access_token: 'dop_v1_{64:h}',
    digitalocean_refresh_token: 'dor_v1_{64:h}',
    digitalocean_system_token: 'dos_v1_{64:h}',
  },
  Discord: { discord_bot_token: 'DISCORD_BOT_TOKEN: MT{23}.{6}.{38}' },
  Docker: { docker_organization_access_token: 'dckr_oat_{32}', docker_personal_access_token: 'dckr_pat_{27}' },
  Doppler: {
    doppler_audit_token: 'dp.audit.{43}',
    doppler_cli_token: 'dp.ct.{43}',
    doppler_personal_token: 'dp.pt.{43}',
    doppler_scim_token: 'dp.scim.{43}',
    doppler_service_account_token: 'dp.sa.{43}',
    doppler_service_token: 'dp.st.prd.{43}',
  },
  Dynatrace: { dynatrace_api_token: 'dt0c01.{24:A}.{64:A}', dynatrace_internal_token: 'dt0s02.{8:A}.{64:A}' },
  Fastly: { fastly_api_token: 'not found: 32 letters without a prefix' },
  GitHub: {
    github_app_installation_access_token: 'ghs_{36}',
    github_oauth_access_token: 'gho_{36}',
    github_personal_access_token: 'github_pat_{22}_{59}',
    github_refresh_token: 'ghr_{76}',
    github_ssh_private_key: PEM,
  },
  GitLab: {
    gitlab_access_token: 'glpat-{20}',
    gitlab_ci_build_token: 'glcbt-{2}_{20}',
    gitlab_feature_flag_client_token: 'glffct-{20}',
    gitlab_feed_token_v2: 'glft-{20}',
    gitlab_incoming_email_token: 'glimt-{25:a}',
    gitlab_kubernetes_agent_token: 'glagent-{50}',
    gitlab_oauth_app_secret: 'gloas-{64}',
    gitlab_runner_auth_token: 'glrt-{20}',
    gitlab_runner_registration_token: 'GR1348941{20}',
    gitlab_scim_oauth_token: 'glsoat-{20}',
  },
  Google: {
    google_cloud_service_account_credentials:
      '{"private_key": "-----BEGIN PRIVATE KEY-----\\nMIIEv{59:b}\\n{64:b}\\n-----END PRIVATE KEY-----\\n"}',
    google_cloud_storage_service_account_access_key_id: 'GOOG1E{55:A}',
    google_cloud_storage_user_access_key_id: 'GOOG{20:A}',
    google_gcp_api_key_bound_service_account: 'AQ.Ab8RN6{44}',
    google_oauth_access_token: 'ya29.a0{150}',
    google_oauth_client_id: '{12:d}-{32:a}.apps.googleusercontent.com GOCSPX-{28}',
    google_oauth_refresh_token: '1//0{98}',
  },
  Grafana: {
    grafana_cloud_api_key: 'eyJrIjoi{90}',
    grafana_cloud_api_token: 'glc_{90:b}',
    grafana_project_api_key: 'eyJrIjoi{110}=',
    grafana_project_service_account_token: 'glsa_{32}_{8:h}',
  },
  Groq: { groq_api_key: 'gsk_{52}' },
  HashiCorp: {
    hashicorp_vault_batch_token: 'hvb.{150}',
    hashicorp_vault_root_service_token: 'hvs.{24}',
    hashicorp_vault_service_token: 'hvs.{95}',
    terraform_api_token: '{14}.atlasv1.{67}',
  },
  Heroku: {
    heroku_platform_api_oauth2_token: 'HRKU-AA{58}',
    heroku_postgres_connection_url: 'postgres://{14:a}:p{63:h}@ec2-1-2-3-4.compute-1.amazonaws.com:5432/d{13:a}',
  },
  'Hugging Face': {
    hf_org_api_key: 'api_org_{34:L}',
    hf_user_access_token: 'hf_{34:L}',
  },
  JFrog: {
    jfrog_platform_access_token: JWT,
    jfrog_platform_api_key: 'AKCp{69}',
    jfrog_platform_reference_token: 'cmVmdGtu{56}',
  },
  'New Relic': {
    new_relic_insights_query_key: 'NRIQ-{32}',
    new_relic_personal_api_key: 'NRAK-{27:A}',
    new_relic_rest_api_key: 'NRRA-{42:h}',
  },
  npm: { npm_access_token: 'npm_{36}' },
  NuGet: { nuget_api_key: 'oy2k{15:a}q{11:a}ubk{11:a}4' },
  OpenAI: { openai_api_key: 'sk-proj-{74}T3BlbkFJ{74}' },
  OpenRouter: { openrouter_api_key: 'sk-or-v1-{64:h}' },
  PagerDuty: { pagerduty_oauth_secret: 'not found: its form is not documented', pagerduty_oauth_token: 'pdus+{48}' },
  Pulumi: { pulumi_access_token: 'pul-{40:h}' },
  PyPI: { pypi_api_token: 'pypi-AgEIcHlwaS5vcmc{140}' },
  RubyGems: { rubygems_api_key: 'rubygems_{48:h}' },
  SendGrid: { sendgrid_api_key: 'SG.{22}.{43}' },
  Sentry: {
    sentry_integration_token: 'sntryi_{64:h}',
    sentry_organization_token: 'sntrys_eyJpYXQiO{90}=_{43}',
    sentry_personal_token: 'sntryu_{64:h}',
    sentry_user_app_auth_token: 'sntrya_{64:h}',
  },
  Shopify: {
    shopify_access_token: 'shpat_{32:h}',
    shopify_app_client_credentials: 'not found: its form is not documented',
    shopify_app_client_secret: 'not found: its form is not documented',
    shopify_app_shared_secret: 'shpss_{32:h}',
    shopify_custom_app_access_token: 'shpca_{32:h}',
    shopify_merchant_token: 'not found: its form is not documented',
    shopify_partner_api_token: 'prtapi_{32:h}',
    shopify_private_app_password: 'shppa_{32:h}',
  },
  Slack: {
    slack_api_token: 'xoxp-{12:d}-{12:d}-{13:d}-{32:h}',
    slack_incoming_webhook_url: 'https://hooks.slack.com/services/T{10:A}/B{10:A}/{24}',
    slack_workflow_webhook_url: 'https://hooks.slack.com/workflows/T{10:A}/A{10:A}/{18:d}/{24}',
  },
  Snowflake: {
    snowflake_postgres_connection_string:
      'postgres://snowflake_admin:{40}@a1.b2.eu.postgres.snowflake.app:5432/postgres',
    snowflake_postgres_host: 'not found: a password without a form of its own',
    snowflake_programmatic_access_token: JWT,
  },
  Stripe: {
    stripe_api_key: 'sk_live_{99}',
    stripe_live_restricted_key: 'rk_live_{99}',
    stripe_test_restricted_key: 'rk_test_{99}',
    stripe_test_secret_key: 'sk_test_{24}',
  },
  Supabase: { supabase_personal_access_token: 'sbp_{40:h}', supabase_secret_key: 'sb_secret_{22}_{8}' },
  Twilio: {
    twilio_access_token: JWT,
    twilio_account_sid: 'TWILIO_ACCOUNT_SID=AC{32:h}',
    twilio_api_key: 'SK{32:h}',
  },
  Vercel: {
    vercel_api_key: 'vck_{56}',
    vercel_integration_access_token: 'vci_{56}',
    vercel_personal_access_token: 'vcp_{56}',
    vercel_support_access_token: 'not found: its form is not documented',
  },
}

const ALL = Object.entries(KINDS).flatMap(([service, kinds]) =>
  Object.entries(kinds).map(([kind, example]) => ({ service, kind, example })),
)
const FOUND = ALL.filter(({ example }) => !example.startsWith('not found'))

test.each(FOUND)('finds $kind of $service', ({ example }) => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const secret = madeUp(example, seed)
    expect([seed, findIn(`value: ${secret}\n`)]).toEqual([seed, expect.any(String)])
  }
})

test('of the kinds that push protection stops at least two thirds are found, of Azure alone and without it', () => {
  const share = (part: typeof ALL) => part.filter((each) => FOUND.includes(each)).length / part.length
  expect(share(ALL.filter(({ service }) => service === 'Azure'))).toBeGreaterThan(2 / 3)
  expect(share(ALL.filter(({ service }) => service !== 'Azure'))).toBeGreaterThan(2 / 3)
  expect(Object.keys(KINDS).length).toBeGreaterThanOrEqual(40)
})
