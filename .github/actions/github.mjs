// GitHub's API, for the actions beside this file, with the token that is their input.
const { GITHUB_API_URL, GITHUB_REPOSITORY, INPUT_TOKEN } = process.env

/** Calls a path of this repository, whose parts are encoded here. Any answer but a good one is an error, with its `status`. */
export async function request(method, path, body) {
  const [route, query] = path.split('?')
  const encoded = route.split('/').map(encodeURIComponent).join('/')
  const url = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/${encoded}${query === undefined ? '' : `?${query}`}`
  const response = await fetch(url, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${INPUT_TOKEN}`,
      'content-type': 'application/json',
      'x-github-api-version': '2022-11-28',
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  })
  const text = await response.text()
  if (response.ok) return JSON.parse(text)
  throw Object.assign(
    new Error(`${method} ${route}: ${response.status} ${text.slice(0, 500).replaceAll(/\s+/g, ' ')}`),
    {
      status: response.status,
    },
  )
}
