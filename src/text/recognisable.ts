/** Keys that can be told by their look. What follows has to be there, so that the bare words in a text are no key. */
export const RECOGNISABLE = {
  'a private key':
    /-----BEGIN (?:[A-Z0-9]+ ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\\[nr]|[\s"'+,]|[A-Za-z-]{1,20}: [^\r\n\\]{0,80}(?=[\r\n\\]))*[A-Za-z0-9+/]{40}/,
  'an AWS access key': /(?<![A-Za-z0-9])A(?:KI|SI)A(?![A-Z2-7]*EXAMPLE)[A-Z2-7]{16}(?![A-Za-z0-9])/,
  'a GitHub token': /(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60})/,
  'an Anthropic key': /(?<![A-Za-z0-9_-])sk-ant-[a-z]{3,5}\d\d-[A-Za-z0-9_-]{40}/,
  'an Azure storage key': /AccountKey=[A-Za-z0-9+/]{80}/,
} as const

/** One pass for all; which one it was is asked only where there is one. */
export const ANY_RECOGNISABLE = new RegExp(
  Object.values(RECOGNISABLE)
    .map(({ source }) => source)
    .join('|'),
)
