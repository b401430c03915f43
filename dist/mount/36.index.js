export const id = 36;
export const ids = [36];
export const modules = {

/***/ 4036:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  SecretSearch: () => (/* binding */ SecretSearch)
});

// UNUSED EXPORTS: SecretScan

;// CONCATENATED MODULE: ./src/desired/secrets/binary-kinds.js
const MAGIC = [
    { id: 'a KeePass database', start: /^03d9a29a6[57]fb4bb5/ },
    { id: 'a Java key store', start: /^(?:feedfeed|cececece)0000000[12]/ },
    {
        id: 'a private key',
        start: /^(?:94[0-9a-f]{2}|95[0-9a-f]{4}|c5[0-9a-f]{2}|c5(?:c|d)[0-9a-f]{3})04[0-9a-f]{8}(?:01|11|13|16)(?:00|01|02|04|08|09)/,
    },
    { id: 'a memory dump', start: /^7f454c46(?:0[12]01[0-9a-f]{20}0400|0[12]02[0-9a-f]{20}0004)/ },
    { id: 'a memory dump', start: /^4d444d50|^5041474544(?:55|36)/ },
];
const DER = [
    { id: 'a private key', start: /^020100(?:028[12]|0240|30[01][0-9a-f]06)/ },
    { id: 'a private key', start: /^020101(?:30[01][0-9a-f]06|04(?:1[0-9a-f]|20|30|42))/ },
    { id: 'a private key', start: /^30(?:[0-7][0-9a-f]|81[0-9a-f]{2})06092a864886f70d01050d/ },
    { id: 'a private key', start: /^30[0-7][0-9a-f]060a2a864886f70d010c01/ },
    { id: 'a key store', start: /^0201033082/ },
];
const START_BYTES = 48;
function binaryKind(start, size) {
    const hex = start.subarray(0, START_BYTES).toString('hex');
    const kind = MAGIC.find((each) => each.start.test(hex));
    if (kind !== undefined)
        return kind.id;
    const inner = start[0] === 0x30 ? innerOf(start, size) : undefined;
    return inner === undefined ? undefined : DER.find((each) => each.start.test(inner))?.id;
}
function innerOf(start, size) {
    const first = start[1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    if (lengthBytes > 4 || start.length < 2 + lengthBytes)
        return undefined;
    const length = lengthBytes === 0 ? first : start.readUIntBE(2, lengthBytes);
    return 2 + lengthBytes + length === size ? start.subarray(2 + lengthBytes, START_BYTES).toString('hex') : undefined;
}

// EXTERNAL MODULE: ./src/text/secret-rules/own-rules.js + 5 modules
var own_rules = __webpack_require__(3098);
// EXTERNAL MODULE: ./src/text/secret-rules/placeholder.js
var placeholder = __webpack_require__(49);
// EXTERNAL MODULE: ./src/text/secret-rules/rule.js
var secret_rules_rule = __webpack_require__(8748);
// EXTERNAL MODULE: ./src/desired/secrets/own-secrets.js
var own_secrets = __webpack_require__(5130);
// EXTERNAL MODULE: ./node_modules/@secretlint/secretlint-rule-preset-recommend/module/index.js
var secretlint_rule_preset_recommend_module = __webpack_require__(104);
// EXTERNAL MODULE: ./src/text/secret-rules/encoded-run.js
var encoded_run = __webpack_require__(4150);
;// CONCATENATED MODULE: ./src/desired/secrets/preset-rules.js



const PRESET = {
    aws: {
        id: 'an AWS secret access key',
        literals: ['ACCESS_KEY', 'access_key', 'Access_Key', 'AccessKey', 'accessKey', 'accesskey', 'ACCESSKEY'],
    },
    gcp: 'It parses whole files of JSON, and reads key stores from the disk. Their keys are found as private keys.',
    privatekey: { id: 'a private key', literals: ['PRIVATE KEY'], reach: secret_rules_rule/* MAX_REACH */.hU, standsInData: true },
    npm: { id: 'an npm token', literals: ['npm_', ':x-oauth-basic'] },
    basicauth: 'The rule for addresses takes more characters in a password, and fewer examples for one.',
    slack: {
        id: 'a Slack token',
        literals: ['xoxb-', 'xoxp-', 'xapp-', 'xoxa-', 'xoxo-', 'xoxr-', 'hooks.slack.com/', 'HOOKS.SLACK.COM/'],
    },
    sendgrid: { id: 'a SendGrid key', literals: ['SG.'] },
    shopify: { id: 'a Shopify token', literals: ['shppa_', 'shpca_', 'shpat_', 'shpss_'] },
    stripe: { id: 'a Stripe key', literals: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'] },
    github: { id: 'a GitHub token', literals: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'], reach: secret_rules_rule/* MAX_REACH */.hU },
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
};
function shortName(id) {
    return id.replace(/^@secretlint\/secretlint-rule-/, '');
}
const PRESET_NAMES = secretlint_rule_preset_recommend_module/* rules */.a.map(({ meta }) => shortName(meta.id));
function presetRules() {
    return secretlint_rule_preset_recommend_module/* rules */.a.flatMap((rule) => {
        const use = PRESET[shortName(rule.meta.id)];
        return typeof use === 'object' ? [{ ...use, matches: presetMatcher(rule, use.standsInData) }] : [];
    });
}
const LONGEST_REST = 100;
function presetMatcher(rule, standsInData = false) {
    let content = '';
    let found = [];
    const context = {
        createTranslator: () => () => ({ message: '', messageId: '' }),
        report: ({ range }) => {
            const [start, end] = range;
            const rest = /^[A-Za-z0-9/+]*/.exec(content.slice(end, end + LONGEST_REST))?.[0] ?? '';
            if (standsInData || !(0,encoded_run/* isInEncodedRun */.z)(content, start, end))
                found.push(content.slice(start, end) + rest);
        },
        ignore: () => undefined,
    };
    const { file } = rule.create(context, {});
    return (text) => {
        content = text;
        found = [];
        file?.({ content, filePath: undefined, ext: '', contentType: 'text' });
        return found;
    };
}

;// CONCATENATED MODULE: ./src/desired/secrets/checks.js





const OWN_SECRET = "one of this run's own credentials";
function checksFor(ownSecrets) {
    return [
        ...ownSecrets.flatMap(own_secrets/* formsOf */.X).map((form) => ({ ...form, id: OWN_SECRET })),
        ...own_rules/* OWN_RULES */.PQ.map((rule) => checkOf({ ...rule, matches: (text) => (0,own_rules/* matchesOf */.th)(rule, text) })),
        ...presetRules().map((rule) => checkOf(rule)),
    ];
}
function checkOf(rule) {
    return {
        id: rule.id,
        literals: rule.literals.map((literal) => Buffer.from(literal, 'latin1')),
        reach: rule.reach ?? secret_rules_rule/* REACH */.op,
        isWorthwhile: rule.isWorthwhile,
        isIn: (bytes) => readings(bytes.toString()).some((text) => rule.matches(text).some((match) => !(0,placeholder/* isPlaceholder */.w)(match))),
    };
}
function readings(text) {
    const plain = text.replaceAll(/\\[nrt]/g, ' ');
    const decoded = plain.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return decoded === plain ? [plain] : [plain, decoded];
}

;// CONCATENATED MODULE: ./src/desired/secrets/literal-search.js
const FRAGMENT = 4;
const FAR = FRAGMENT - 1;
const COMPARING = 12;
const PAIRS = 0x10000;
class LiteralSearch {
    #shift = new Uint8Array(PAIRS).fill(FAR);
    #byLastPair = new Map();
    #isFragment = new Uint8Array(PAIRS);
    #longest = 0;
    #places = new Uint32Array(0);
    constructor(owners) {
        for (const owner of owners) {
            for (const literal of owner.literals)
                this.#add(literal, owner);
        }
    }
    #add(literal, owner) {
        if (literal.length < FRAGMENT - 1)
            throw new Error(`a literal of ${literal.length} bytes is too short`);
        this.#longest = Math.max(this.#longest, literal.length);
        const last = this.#cheapestEnd(literal);
        for (let before = 0; before < FAR; before++) {
            for (const pair of pairsEndingAt(literal, last - before))
                this.#shift[pair] = Math.min(this.#shift[pair] ?? 0, before);
        }
        const [pair = 0] = pairsEndingAt(literal, last);
        const entries = this.#byLastPair.get(pair);
        if (entries === undefined)
            this.#byLastPair.set(pair, [{ literal, owner, last }]);
        else
            entries.push({ literal, owner, last });
        this.#isFragment[hashOf(fragmentOf(literal, last))] = 1;
    }
    #cheapestEnd(literal) {
        const ends = Array.from(literal.keys()).slice(Math.min(FRAGMENT, literal.length) - 1);
        const costs = ends.map((end) => {
            const costBefore = (before) => pairsEndingAt(literal, end - before).reduce((sum, pair) => sum + this.#costOf(pair, before), 0);
            return costBefore(0) + costBefore(1) + costBefore(2);
        });
        return ends[costs.indexOf(Math.min(...costs))] ?? 0;
    }
    #costOf(pair, shift) {
        const lost = Math.max(0, (this.#shift[pair] ?? 0) - shift);
        return lost * (shift === 0 ? COMPARING : 1) * (FREQUENCY[pair] ?? 0);
    }
    find(bytes, from, to) {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const hits = [];
        const count = this.#findLastPairs(view, from + 1, Math.min(bytes.length, to + this.#longest) - 1);
        const [places, isFragment] = [this.#places, this.#isFragment];
        for (let i = 0; i < count; i++) {
            const at = places[i];
            const fragment = at < 2 ? fragmentOf(bytes, 2) : view.getInt32(at - 2, true);
            if (isFragment[hashOf(fragment)] === 0)
                continue;
            for (const { literal, owner, last } of this.#byLastPair.get(view.getUint16(at, true)) ?? []) {
                const start = at + 1 - last;
                if (start >= from && start < to && matchesAt(bytes, literal, start))
                    hits.push({ owner, at: start });
            }
        }
        return hits.length < 2 ? hits : hits.sort((one, other) => one.at - other.at);
    }
    #findLastPairs(view, begin, end) {
        if (this.#places.length < end)
            this.#places = new Uint32Array(end);
        const [shifts, places] = [this.#shift, this.#places];
        const quarter = Math.max(0, Math.floor((end - begin) / 4));
        const [endA, endB, endC] = [begin + quarter, begin + 2 * quarter, begin + 3 * quarter];
        let [a, b, c, d, count] = [begin, endA, endB, endC, 0];
        while (a < endA && b < endB && c < endC && d < end) {
            const shiftA = shifts[view.getUint16(a, true)];
            const shiftB = shifts[view.getUint16(b, true)];
            const shiftC = shifts[view.getUint16(c, true)];
            const shiftD = shifts[view.getUint16(d, true)];
            a += shiftA;
            b += shiftB;
            c += shiftC;
            d += shiftD;
            if (shiftA === 0)
                places[count++] = a++;
            if (shiftB === 0)
                places[count++] = b++;
            if (shiftC === 0)
                places[count++] = c++;
            if (shiftD === 0)
                places[count++] = d++;
        }
        count = this.#findLastPairsIn(view, a, endA, count);
        count = this.#findLastPairsIn(view, b, endB, count);
        count = this.#findLastPairsIn(view, c, endC, count);
        return this.#findLastPairsIn(view, d, end, count);
    }
    #findLastPairsIn(view, begin, end, known) {
        const [shifts, places] = [this.#shift, this.#places];
        let count = known;
        for (let at = begin; at < end;) {
            const shift = shifts[view.getUint16(at, true)];
            at += shift;
            if (shift === 0)
                places[count++] = at++;
        }
        return count;
    }
}
function pairsEndingAt(literal, at) {
    const second = (literal[at] ?? 0) << 8;
    if (at > 0)
        return [(literal[at - 1] ?? 0) | second];
    return Array.from({ length: 0x100 }, (_, first) => first | second);
}
function fragmentOf(literal, last) {
    return ((literal[last - 2] ?? 0) << 8) | ((literal[last - 1] ?? 0) << 16) | ((literal[last] ?? 0) << 24);
}
function hashOf(fragment) {
    return Math.imul(fragment >>> 8, 0x9e3779b1) >>> 16;
}
function matchesAt(bytes, literal, start) {
    for (let i = 0; i < literal.length; i++) {
        if (bytes[start + i] !== literal[i])
            return false;
    }
    return true;
}
const COMMON_PAIRS = '  onerree inth tteorenatstestint: t s deleetse, ioisarhe i *n al aroedpecoannsrame*  sitng ctand = { rctce= ' +
    'trri oecr toeanertexurd ncs. facasvellun) pohigeul "od n }ampaomlif op (il pfitychtslayp epruesselsiifemefca' +
    ');y **nolovaounabetu brnicolptmaadrsrr \'us / dha m":Reut// `oto  w",id vmp==ofttsodifoxplua e.iefaagimnuocck' +
    'keow/**/Coe_igl  uummig rgdos:molsappl l Tclfu()sph lyqus/feoo |t.irgi| xtepmblte(osjeabniPahtSte:aievblPrru' +
    'e, [aypsm ` Inhorytpsueq/ rcivwibos,.ce)ey Rsaaut_ A))crsct( hiapubaTh. nl..):_idar.(tld 1s_:/tcDepis"bjub.0' +
    "shhrTy Soi B{ t,/dpp} MaLi> updu.s @w },_aipobeecss)rkrmn_izfr0.eb?: _bu g_tuinfAr C',vid_.mciffewr(jsErrf 0" +
    "OpNo.o](Se.pt)Me(h_ce\"&&BedsExnn Ikscubi.110ms Pt:wh})' (e')), -wags``=>Ag./Toeg(cn(00e;ovgnokeSAPr_.tgt--.l" +
    'PIhu(\'d. E,"- a.wommLEddt"k ePvoFi.i1._1ze &12 kr,t/(s0," syEnUs11ak.rynn."1 2_s_om/';
const FREQUENCY = new Float32Array(PAIRS).fill(0.05);
for (let rank = 0; 2 * rank < COMMON_PAIRS.length; rank++) {
    FREQUENCY[COMMON_PAIRS.charCodeAt(2 * rank) | (COMMON_PAIRS.charCodeAt(2 * rank + 1) << 8)] = 150 / (rank + 12);
}

;// CONCATENATED MODULE: ./src/desired/secrets/text-search.js

const NOTHING = Buffer.alloc(0);
const LARGE = 4 * (secret_rules_rule/* MAX_REACH */.hU.before + secret_rules_rule/* MAX_REACH */.hU.after);
class TextSearch {
    #literals;
    #onFinding;
    #tail = NOTHING;
    #from = 0;
    #offset = 0;
    #doneTo = new Map();
    constructor(literals, onFinding) {
        this.#literals = literals;
        this.#onFinding = onFinding;
    }
    add(bytes) {
        const all = this.#join(bytes);
        const to = Math.max(this.#from, all.length - secret_rules_rule/* MAX_REACH */.hU.after);
        this.#search(all, to);
        const kept = Math.max(0, to - secret_rules_rule/* MAX_REACH */.hU.before);
        this.#tail = Buffer.from(all.subarray(kept));
        this.#from = to - kept;
        this.#offset += kept;
    }
    #join(bytes) {
        if (this.#tail.length === 0)
            return bytes;
        if (bytes.length <= LARGE)
            return Buffer.concat([this.#tail, bytes]);
        const border = Buffer.concat([this.#tail, bytes.subarray(0, secret_rules_rule/* MAX_REACH */.hU.before + secret_rules_rule/* MAX_REACH */.hU.after)]);
        this.#search(border, this.#tail.length + secret_rules_rule/* MAX_REACH */.hU.before);
        this.#offset += this.#tail.length;
        this.#tail = NOTHING;
        this.#from = secret_rules_rule/* MAX_REACH */.hU.before;
        return bytes;
    }
    addLast(bytes) {
        const all = this.#join(bytes);
        this.#search(all, all.length);
        this.#tail = NOTHING;
        this.#from = 0;
    }
    end() {
        this.#search(this.#tail, this.#tail.length);
    }
    #search(bytes, to) {
        for (const { owner: check, at } of this.#literals.find(bytes, this.#from, to)) {
            if (this.#offset + at < (this.#doneTo.get(check) ?? 0) || check.isWorthwhile?.(bytes, at) === false)
                continue;
            this.#doneTo.set(check, this.#offset + at + Math.floor(check.reach.after / 2));
            if (check.isIn(bytes.subarray(Math.max(0, at - check.reach.before), at + check.reach.after))) {
                this.#onFinding(check.id);
                return;
            }
        }
    }
}

// EXTERNAL MODULE: ../../node_modules/fflate/esm/index.mjs
var esm = __webpack_require__(6238);
;// CONCATENATED MODULE: ./src/desired/secrets/unpack.js

const STEP_BYTES = 32 * 1024;
class UnpackBudget {
    #left = 256 * 1024 * 1024;
    spend(bytes) {
        this.#left -= bytes;
        if (this.#left < 0)
            throw new Error('too much to unpack');
    }
}
function gunzipInto(sink, budget) {
    const gunzip = new esm/* Gunzip */.as((bytes) => {
        budget.spend(bytes.length);
        sink.add(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
    return {
        add: (bytes) => inSteps(bytes, (part) => gunzip.push(part)),
        end: () => {
            gunzip.push(new Uint8Array(), true);
            sink.end();
        },
    };
}
const METHODS = [0, 8];
function unzipInto(open, budget) {
    const unzip = new esm/* Unzip */.HJ((file) => {
        if (!METHODS.includes(file.compression))
            return;
        const sink = open();
        file.ondata = (error, bytes, isLast) => {
            if (error)
                return;
            budget.spend(bytes.length);
            sink.add(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
            if (isLast)
                sink.end();
        };
        file.start();
    });
    unzip.register(esm/* UnzipInflate */.mM);
    return {
        add: (bytes) => inSteps(bytes, (part) => unzip.push(part)),
        end: () => unzip.push(new Uint8Array(), true),
    };
}
function inSteps(bytes, push) {
    for (let at = 0; at < bytes.length; at += STEP_BYTES)
        push(new Uint8Array(bytes.subarray(at, at + STEP_BYTES)));
}

;// CONCATENATED MODULE: ./src/desired/secrets/untar.js
const BLOCK = 512;
class Untar {
    #open;
    #header = Buffer.alloc(0);
    #member;
    #left = 0;
    #padding = 0;
    constructor(open) {
        this.#open = open;
    }
    add(bytes) {
        for (let at = 0; at < bytes.length;)
            at += this.#take(bytes.subarray(at));
    }
    end() {
        this.#member?.end();
    }
    #take(bytes) {
        if (this.#left > 0)
            return this.#takeContent(bytes.subarray(0, this.#left));
        const skipped = Math.min(this.#padding, bytes.length);
        this.#padding -= skipped;
        return skipped > 0 ? skipped : this.#takeHeader(bytes.subarray(0, BLOCK - this.#header.length));
    }
    #takeContent(part) {
        this.#member?.add(part);
        this.#left -= part.length;
        if (this.#left === 0) {
            this.#member?.end();
            this.#member = undefined;
        }
        return part.length;
    }
    #takeHeader(part) {
        this.#header = Buffer.concat([this.#header, part]);
        if (this.#header.length === BLOCK) {
            this.#left = sizeIn(this.#header);
            this.#padding = (BLOCK - (this.#left % BLOCK)) % BLOCK;
            this.#header = Buffer.alloc(0);
            this.#member = this.#left > 0 ? this.#open() : undefined;
        }
        return part.length;
    }
}
function sizeIn(header) {
    const field = header.subarray(124, 136);
    if ((field[0] ?? 0) >= 0x80)
        return Number(field.readBigUInt64BE(4));
    return Number.parseInt(field.toString('latin1'), 8) || 0;
}

;// CONCATENATED MODULE: ./src/desired/secrets/secret-scan.js
var _a;






class SecretSearch {
    #literals;
    constructor(ownSecrets) {
        this.#literals = new LiteralSearch(checksFor(ownSecrets));
    }
    scan(size) {
        return new SecretScan(this.#literals, size);
    }
}
class SecretScan {
    #size;
    #content;
    #seen = 0;
    #finding;
    constructor(literals, size) {
        this.#size = size;
        this.#content = new Content({
            literals,
            budget: new UnpackBudget(),
            onFinding: (id) => {
                this.#finding ??= id;
            },
        });
    }
    get finding() {
        return this.#finding;
    }
    add(chunk) {
        if (this.#finding !== undefined)
            return;
        this.#seen += chunk.length;
        this.#content.add(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength), this.#seen >= this.#size);
    }
    end() {
        if (this.#finding === undefined)
            this.#content.end();
    }
}
const MAX_DEPTH = 4;
const HEAD_BYTES = 264;
class Content {
    #around;
    #depth;
    #plain;
    #head = NOTHING;
    #size = 0;
    #inside;
    constructor(around, depth = 0) {
        this.#around = around;
        this.#depth = depth;
        this.#plain = new TextSearch(around.literals, around.onFinding);
    }
    add(bytes, isLast = false) {
        this.#size += bytes.length;
        if (isLast)
            this.#plain.addLast(bytes);
        else
            this.#plain.add(bytes);
        if (this.#inside === undefined)
            this.#start(bytes);
        else
            this.#feed(bytes);
    }
    end() {
        if (this.#inside === undefined)
            this.#open();
        this.#plain.end();
        this.#attempt((inside) => inside.end());
        const kind = binaryKind(this.#head, this.#size);
        if (kind !== undefined)
            this.#around.onFinding(kind);
    }
    #start(bytes) {
        const known = this.#head.length;
        this.#head = Buffer.concat([this.#head, bytes.subarray(0, HEAD_BYTES - known)]);
        if (this.#head.length < HEAD_BYTES)
            return;
        this.#open();
        this.#feed(bytes.subarray(HEAD_BYTES - known));
    }
    #open() {
        this.#inside = this.#depth < MAX_DEPTH ? this.#decoder() : null;
        this.#feed(this.#head);
    }
    #feed(bytes) {
        this.#attempt((inside) => inside.add(bytes));
    }
    #attempt(use) {
        if (!this.#inside)
            return;
        try {
            use(this.#inside);
        }
        catch {
            this.#inside = null;
        }
    }
    #decoder() {
        const head = this.#head;
        const open = () => new _a(this.#around, this.#depth + 1);
        if (head[0] === 0x1f && head[1] === 0x8b)
            return gunzipInto(open(), this.#around.budget);
        if (head.subarray(0, 4).equals(ZIP))
            return unzipInto(open, this.#around.budget);
        if (head.subarray(257, 262).equals(TAR))
            return new Untar(open);
        const encoding = utf16Of(head);
        return encoding === undefined
            ? null
            : decodeInto(encoding, new TextSearch(this.#around.literals, this.#around.onFinding));
    }
}
_a = Content;
const [ZIP, TAR] = [Buffer.from('PK\x03\x04', 'latin1'), Buffer.from('ustar')];
function utf16Of(head) {
    if (head[0] === 0xff && head[1] === 0xfe)
        return 'utf-16le';
    if (head[0] === 0xfe && head[1] === 0xff)
        return 'utf-16be';
    const zeros = [0, 0];
    for (let at = 0; at < head.length; at++) {
        if (head[at] === 0)
            zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
    }
    const [even = 0, odd = 0] = zeros;
    const many = head.length * 0.35;
    if (odd > many && even === 0)
        return 'utf-16le';
    return even > many && odd === 0 ? 'utf-16be' : undefined;
}
function decodeInto(encoding, sink) {
    const decoder = new TextDecoder(encoding);
    return {
        add: (bytes) => sink.add(Buffer.from(decoder.decode(bytes, { stream: true }))),
        end: () => sink.end(),
    };
}


/***/ })

};
