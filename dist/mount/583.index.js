export const id = 583;
export const ids = [583];
export const modules = {

/***/ 9583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  aws: () => (/* binding */ aws),
  awsKey: () => (/* binding */ awsKey)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: ./src/stop/until.js
var until = __webpack_require__(7958);
// EXTERNAL MODULE: ./src/api/request.js
var request = __webpack_require__(5423);
;// CONCATENATED MODULE: ./src/api/credentials/aws-advice.js
const STEP = '`aws-actions/configure-aws-credentials`';
const REFUSALS = [
    [
        /expiredtoken|token .*(is|has) expired/i,
        () => `The AWS credentials have expired; a role's live for an hour by default. Set \`role-duration-seconds\` on the step with ${STEP} to a time that is longer than the job, and allow it as the role's maximum session duration.`,
    ],
    [
        /requesttimetooskewed|requestexpired|signature (expired|not yet current)/i,
        () => "The runner's clock is off: AWS takes signatures that are at most five minutes old. Set the clock (NTP).",
    ],
    [
        /invalidsignature|signaturedoesnotmatch|incompletesignature|should be scoped/i,
        (region) => `AWS refused the signature. Check that the workspace is in the region that the request was signed for, ${region} (AWS_REGION, \`aws-region\` of ${STEP}), and that AWS_SECRET_ACCESS_KEY belongs to AWS_ACCESS_KEY_ID.`,
    ],
    [
        /unrecognizedclient|invalidclienttokenid|invalidaccesskeyid|missingauthenticationtoken|token .*is invalid/i,
        () => `AWS does not know these credentials. Run ${STEP} before this step, in the same job, and set none of AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN after it.`,
    ],
    [
        /outbound web identity/i,
        () => 'Run `aws iam enable-outbound-web-identity-federation` once for the AWS account of the workspace.',
    ],
];
function adviceOfAws({ details, call }, region) {
    const { status, type, message, isForeign } = details;
    if (status < 400 || status > 404 || status === 402)
        return undefined;
    const text = `${type} ${message}`;
    const known = REFUSALS.find(([pattern]) => pattern.test(text))?.[1];
    if (known !== undefined)
        return known(region ?? 'unknown');
    if (type === undefined)
        return undefined;
    if (status === 403) {
        const bearer = region === undefined ? ', and `aws-external-anthropic:CallWithBearerToken` on `*`' : '';
        return `Allow \`aws-external-anthropic:${actionOf(call)}\` on the workspace in the policy of the role${bearer}, and check \`anthropic-workspace-id\`.`;
    }
    return isForeign || status === 404
        ? `Check the ids, \`anthropic-workspace-id\` among them, and that the workspace is in ${region ?? 'the region of this address'} (AWS_REGION).`
        : undefined;
}
function actionOf({ method, target }) {
    const [, noun = '', id, below] = /^\/v1\/(file|session)s(?:\/([^/?]+)(?:\/([^?]+))?)?/.exec(target) ?? [];
    const name = noun === 'file' ? 'File' : 'Session';
    if (id === undefined)
        return method === 'GET' ? `List${name}s` : `Create${name}`;
    if (method === 'GET')
        return `Get${name}`;
    if (below === 'archive')
        return `Archive${name}`;
    return method === 'DELETE' && below === undefined ? `Delete${name}` : `Update${name}`;
}

// EXTERNAL MODULE: ./src/api/credentials/cloud-parts.js
var cloud_parts = __webpack_require__(1065);
// EXTERNAL MODULE: ./src/api/credentials/load-cloud.js
var load_cloud = __webpack_require__(7703);
;// CONCATENATED MODULE: ./src/api/credentials/aws.js







const SERVICE = 'aws-external-anthropic';
const UNSIGNED_BODY = 'UNSIGNED-PAYLOAD';
function awsKey(key, workspaceId) {
    const headers = { authorization: `Bearer ${key}`, 'anthropic-workspace-id': workspaceId };
    return {
        description: 'API key of the workspace on AWS',
        isOutsideConsole: true,
        sign: async () => headers,
        advise: (refusal) => adviceOfAws(refusal),
    };
}
function aws(workspace, baseUrl, parts) {
    let opening;
    return {
        description: 'AWS credentials',
        isOutsideConsole: true,
        sign: async (request) => {
            opening ??= openSigner(workspace, parts);
            const signer = await opening;
            const toSign = unsigned(request, baseUrl, workspace);
            const { headers } = await (0,until/* until */.T)(parts.stop.abortInFlight, signer.sign(toSign));
            return Object.fromEntries(Object.entries(headers).filter(([name]) => IS_OURS.test(name)));
        },
        advise: (refusal) => adviceOfAws(refusal, workspace.region),
    };
}
const IS_OURS = /^(?:authorization|anthropic-workspace-id|x-amz-.*)$/;
function unsigned({ method, target, headers, body }, baseUrl, { workspaceId }) {
    const url = (0,request/* addressOf */.ci)(baseUrl, target);
    const { text, contentType } = body ?? { text: '' };
    return {
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        query: Object.fromEntries([...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)])),
        headers: {
            ...headers,
            host: url.host,
            'anthropic-workspace-id': workspaceId,
            ...(text === undefined ? { 'x-amz-content-sha256': UNSIGNED_BODY } : {}),
            ...(text === undefined || contentType === undefined ? {} : { 'content-type': contentType }),
        },
        body: text,
    };
}
async function openSigner({ region }, parts) {
    const { SignatureV4, Sha256 } = await (await (0,load_cloud/* loadCloud */.A)()).loadSigner();
    const credentials = keysIn(parts.env) ?? (await openChain(region, parts.env));
    let known;
    return new SignatureV4({
        service: SERVICE,
        region,
        sha256: Sha256,
        credentials: async () => {
            const keys = typeof credentials === 'function' ? await credentials() : credentials;
            if (keys !== known)
                for (const secret of [keys.secretAccessKey, keys.sessionToken ?? ''])
                    parts.secret(secret);
            known = keys;
            return keys;
        },
    });
}
function keysIn(env) {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = env;
    if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY)
        return undefined;
    const keys = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
    return AWS_SESSION_TOKEN ? { ...keys, sessionToken: AWS_SESSION_TOKEN } : keys;
}
async function openChain(region, env) {
    const options = { keepAlive: true, proxyEnv: env };
    const requestHandler = { httpAgent: new external_node_http_.Agent(options), httpsAgent: new external_node_https_.Agent(options) };
    const chain = (await (await (0,load_cloud/* loadCloud */.A)()).loadAwsChain())({ clientConfig: { region, requestHandler } });
    return async () => {
        try {
            return await chain();
        }
        catch (error) {
            throw new cloud_parts/* CloudCredentialError */.b(`AWS gave no credentials: ${(0,cloud_parts/* failureText */.k)(error)}. Run \`aws-actions/configure-aws-credentials\` before this step.`, { cause: error });
        }
    };
}


/***/ }),

/***/ 1065:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ CloudCredentialError),
/* harmony export */   k: () => (/* binding */ failureText)
/* harmony export */ });
class CloudCredentialError extends Error {
    constructor(what, options) {
        super(what, options);
        this.name = 'CloudCredentialError';
    }
}
function failureText(error) {
    return (error instanceof Error ? error.message : String(error)).replace(/[.\s]+$/, '');
}


/***/ }),

/***/ 7703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ loadCloud)
/* harmony export */ });
const loadCloud = () => import(/* webpackIgnore: true */ '../cloud/index.js')


/***/ }),

/***/ 7958:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ until)
/* harmony export */ });
function until(signal, work) {
    return new Promise((resolve, reject) => {
        const stop = () => reject(signal.reason);
        if (signal.aborted)
            stop();
        signal.addEventListener('abort', stop, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    });
}


/***/ })

};
