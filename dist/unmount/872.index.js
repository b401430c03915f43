export const id = 872;
export const ids = [872];
export const modules = {

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

/***/ 9872:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  googleCloud: () => (/* binding */ googleCloud)
});

// EXTERNAL MODULE: ./src/stop/until.js
var until = __webpack_require__(7958);
// EXTERNAL MODULE: ./src/api/credentials/cloud-parts.js
var cloud_parts = __webpack_require__(1065);
;// CONCATENATED MODULE: ./src/api/credentials/google-advice.js
const ACCOUNT = 'the service account or principal of `google-github-actions/auth`';
function adviceOfGoogle({ details }) {
    const { status, type, message = '' } = details;
    if (type === undefined)
        return undefined;
    switch (status) {
        case 401:
            return 'Google refused the access token. Run `google-github-actions/auth` before this step, in the same job, and check its provider and service account.';
        case 403:
            return /disabled|has not been used/i.test(message)
                ? 'Enable `claude.googleapis.com` and `anthropic-managed-claude.cloudpartnerservices.goog` once for the project.'
                : `Grant ${ACCOUNT} \`roles/claude.user\` on the project, and check the project and \`anthropic-workspace-id\`.`;
        case 404:
            return 'Check the ids, the project (GOOGLE_CLOUD_PROJECT), the location and `anthropic-workspace-id` among them.';
        default:
            return undefined;
    }
}

// EXTERNAL MODULE: ./src/api/credentials/load-cloud.js
var load_cloud = __webpack_require__(7703);
;// CONCATENATED MODULE: ./src/api/credentials/google-cloud.js




const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const ANY_PROJECT = 'none';
function googleCloud(parts) {
    let opening;
    let known = '';
    return {
        description: 'Google Cloud credentials',
        isOutsideConsole: true,
        sign: async () => {
            opening ??= openClient(parts);
            const token = await (0,until/* until */.T)(parts.stop.abortInFlight, fetchToken(opening));
            if (token !== known)
                parts.secret(token);
            known = token;
            return { authorization: `Bearer ${token}` };
        },
        refused: ({ authorization }) => {
            if (authorization === `Bearer ${known}`)
                opening = undefined;
        },
        advise: adviceOfGoogle,
    };
}
const loadGoogle = async () => (await (0,load_cloud/* loadCloud */.A)()).loadGoogleAuth();
async function openClient({ secret }) {
    const GoogleAuth = await loadGoogle();
    const client = await new GoogleAuth({ scopes: SCOPE, projectId: ANY_PROJECT }).getClient();
    hideExchanged(client, secret);
    return client;
}
function hideExchanged(client, secret) {
    client.transporter.interceptors.request.add({
        resolved: async (request) => {
            const bearer = request.headers.get('authorization')?.replace(/^Bearer\s+/i, '');
            if (bearer)
                secret(bearer);
            return request;
        },
    });
    if (!('retrieveSubjectToken' in client))
        return;
    const retrieve = client.retrieveSubjectToken.bind(client);
    client.retrieveSubjectToken = async () => {
        const token = await retrieve();
        secret(token);
        return token;
    };
}
async function fetchToken(client) {
    try {
        const { token } = await (await client).getAccessToken();
        if (token)
            return token;
    }
    catch (error) {
        throw refusedBecause((0,cloud_parts/* failureText */.k)(error), error);
    }
    throw refusedBecause('it answered without an access token');
}
function refusedBecause(reason, cause) {
    return new cloud_parts/* CloudCredentialError */.b(`Google Cloud gave no access token: ${reason}. Run \`google-github-actions/auth\` before this step, in the same job, and check its provider and service account.`, { cause });
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
