export const id = 673;
export const ids = [673];
export const modules = {

/***/ 8673:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  shownReply: () => (/* binding */ shownReply)
});

// EXTERNAL MODULE: external "node:vm"
var external_node_vm_ = __webpack_require__(714);
// EXTERNAL MODULE: ../../node_modules/mdast-util-from-markdown/lib/index.js + 39 modules
var lib = __webpack_require__(7539);
// EXTERNAL MODULE: ../../node_modules/mdast-util-gfm/lib/index.js + 10 modules
var mdast_util_gfm_lib = __webpack_require__(7624);
// EXTERNAL MODULE: ../../node_modules/mdast-util-to-markdown/lib/index.js + 10 modules
var mdast_util_to_markdown_lib = __webpack_require__(6826);
// EXTERNAL MODULE: ../../node_modules/micromark-extension-gfm/index.js + 7 modules
var micromark_extension_gfm = __webpack_require__(2541);
// EXTERNAL MODULE: ./src/text/redact.js
var redact = __webpack_require__(24);
// EXTERNAL MODULE: ./src/report/markdown.js
var report_markdown = __webpack_require__(231);
// EXTERNAL MODULE: ./src/text/format.js
var format = __webpack_require__(6302);
// EXTERNAL MODULE: ./src/text/cut.js
var cut = __webpack_require__(1929);
// EXTERNAL MODULE: ./src/text/escape.js
var text_escape = __webpack_require__(5434);
;// CONCATENATED MODULE: ./src/report/reply/github-words.js
const ACTIVE = /@|#\d|\bgh-\d|\b[\da-f]{7,64}\b|:\/\/|\bwww\.|\$|:[+\w-]*[a-z][+\w-]*:|\[!/i;
const LEADING = /^["'(]*/;
const TRAILING = /["'),.;:!?]*$/;
function piecesOf(text) {
    const pieces = [];
    let passive = '';
    for (const word of text.split(/(\s+)/)) {
        if (!ACTIVE.test(word)) {
            passive += word;
            continue;
        }
        const leading = LEADING.exec(word)?.[0] ?? '';
        const trailing = TRAILING.exec(word.slice(leading.length))?.[0] ?? '';
        const core = word.slice(leading.length, word.length - trailing.length);
        const [before, active, after] = ACTIVE.test(core) ? [leading, core, trailing] : ['', word, ''];
        pieces.push({ text: passive + before, isActive: false }, { text: active, isActive: true });
        passive = after;
    }
    pieces.push({ text: passive, isActive: false });
    return pieces.filter((piece) => piece.text !== '');
}

;// CONCATENATED MODULE: ./src/report/reply/phrases.js



const MAX_DEPTH = 8;
const MAX_ADDRESS = 2_000;
class InertPhrases {
    #source;
    #room;
    #addresses;
    constructor(source, room, addresses) {
        this.#source = source;
        this.#room = room;
        this.#addresses = addresses;
    }
    of(nodes, depth) {
        return joined(nodes.flatMap((node) => {
            if (!this.#room.takes(0))
                return [];
            return depth > MAX_DEPTH ? this.#code(sourceOf(node, this.#source)) : this.#phrase(node, depth);
        }));
    }
    text(value) {
        return piecesOf(this.#room.cut(linesOf(value).join('\n'))).map(({ text, isActive }) => isActive ? { type: 'inlineCode', value: text } : { type: 'text', value: text });
    }
    #phrase(node, depth) {
        switch (node.type) {
            case 'text':
                return this.text(node.value);
            case 'emphasis':
            case 'strong':
            case 'delete': {
                const children = this.of(node.children, depth + 1);
                return children.length === 0 ? [] : [{ type: node.type, children }];
            }
            case 'inlineCode':
                return this.#code(node.value);
            case 'html':
                return /^<br\s*\/?>$/i.test(node.value) ? [{ type: 'break' }] : this.#code(node.value);
            case 'break':
                return [{ type: 'break' }];
            case 'link':
            case 'linkReference':
                return this.#withAddress(this.of(node.children, depth + 1), textOf(node.children), this.#addressOf(node));
            case 'image':
            case 'imageReference':
                return this.#withAddress(this.text(node.alt ?? ''), node.alt ?? '', this.#addressOf(node));
            case 'footnoteReference':
                return this.text(`[${node.label ?? ''}]`);
        }
    }
    #addressOf(node) {
        return 'url' in node ? node.url : (this.#addresses.get(node.identifier) ?? '');
    }
    #withAddress(shown, text, url) {
        if (['', 'mailto:', 'http://'].some((scheme) => `${scheme}${text}` === url))
            return this.#code(text);
        const address = this.#code((0,cut/* cut */.J)(url, MAX_ADDRESS));
        if (shown.length === 0 || address.length === 0)
            return [...shown, ...address];
        return [...shown, textNode(' ('), ...address, textNode(')')];
    }
    #code(value) {
        const shown = this.#room.cut(linesOf(value).join(' '));
        return shown === '' ? [] : [{ type: 'inlineCode', value: shown }];
    }
}
function linesOf(text) {
    return text
        .replaceAll('\t', '  ')
        .split(/\r\n|[\n\r]/)
        .map(text_escape/* escapeForLog */.zB);
}
function sourceOf({ position }, source) {
    return source.slice(position?.start.offset, position?.end.offset);
}
function textNode(value) {
    return { type: 'text', value };
}
function joined(nodes) {
    const result = [];
    for (const node of nodes) {
        const last = result.at(-1);
        if (node.type === 'inlineCode' && last?.type === 'inlineCode')
            last.value += node.value;
        else
            result.push(node);
    }
    return result;
}
function textOf(nodes) {
    return nodes.map((node) => (node.type === 'text' || node.type === 'inlineCode' ? node.value : '')).join('');
}

;// CONCATENATED MODULE: ./src/report/reply/blocks.js


const LANGUAGES = new Set('bash c cpp cs csharp css csv diff docker dockerfile go graphql html http ini java javascript js json jsonc jsx kotlin lua make makefile markdown md php plaintext powershell py python rb ruby rust scala sh shell sql swift text toml ts tsx typescript txt xml yaml yml'.split(' '));
const MAX = { rows: 100, columns: 20 };
const NODE_BYTES = 8;
const TOP_HEADING = 4;
class InertBlocks {
    #source;
    #room;
    #phrases;
    #highest;
    constructor(source, room, tree) {
        const { addresses, highest } = survey(tree);
        this.#source = source;
        this.#room = room;
        this.#phrases = new InertPhrases(source, room, addresses);
        this.#highest = highest;
    }
    of(nodes, depth = 0) {
        return nodes.flatMap((node) => {
            if (!this.#room.takes(NODE_BYTES + 4 * depth))
                return [];
            return depth > MAX_DEPTH ? this.#code(sourceOf(node, this.#source)) : this.#block(node, depth);
        });
    }
    #block(node, depth) {
        switch (node.type) {
            case 'heading':
                return [this.#heading(node, depth)];
            case 'paragraph':
                return paragraphOf(this.#phrases.of(node.children, depth));
            case 'blockquote':
                return [{ type: 'blockquote', children: this.of(node.children, depth + 1) }];
            case 'list':
                return this.#list(node, depth);
            case 'table':
                return this.#table(node, depth);
            case 'code':
                return this.#code(node.value, node.lang);
            case 'html':
                return this.#code(node.value);
            case 'footnoteDefinition':
                return this.of(withLabel(node), depth);
            case 'thematicBreak':
                return [{ type: 'thematicBreak' }];
            default:
                return [];
        }
    }
    #heading({ children, depth: level }, depth) {
        const lower = Math.min(6, TOP_HEADING + level - this.#highest);
        return { type: 'heading', depth: lower, children: this.#phrases.of(children, depth) };
    }
    #list({ ordered, start, spread, children }, depth) {
        const items = children.flatMap((item) => {
            if (!this.#room.takes(NODE_BYTES))
                return [];
            const { checked, spread: isSpread } = item;
            return [{ type: 'listItem', checked, spread: isSpread, children: this.of(item.children, depth + 1) }];
        });
        return items.length === 0 ? [] : [{ type: 'list', ordered, start, spread, children: items }];
    }
    #table({ align, children }, depth) {
        const columns = Math.min(children[0]?.children.length ?? 0, MAX.columns);
        const rows = children.slice(0, MAX.rows + 1).flatMap((row) => {
            if (!this.#room.takes(NODE_BYTES + 4 * columns))
                return [];
            const cells = row.children.slice(0, columns).map(({ children: phrases }) => this.#phrases.of(phrases, depth));
            return [{ type: 'tableRow', children: cells.map((cell) => ({ type: 'tableCell', children: cell })) }];
        });
        if (rows.length === 0)
            return [];
        const table = { type: 'table', align: align?.slice(0, columns), children: rows };
        const more = children.length - rows.length;
        if (more === 0)
            return [table];
        this.#room.isCut = true;
        return [table, { type: 'paragraph', children: [{ type: 'text', value: `\u2026 and ${(0,format/* count */.U9)(more, 'more row')}` }] }];
    }
    #code(value, language) {
        const lower = language?.toLowerCase() ?? '';
        const shown = this.#room.cut(linesOf(value).join('\n'));
        return [{ type: 'code', lang: LANGUAGES.has(lower) ? lower : null, value: shown }];
    }
}
function survey(tree) {
    const addresses = new Map();
    let highest = 6;
    const open = [tree];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
        if (node.type === 'definition')
            addresses.set(node.identifier, node.url);
        if (node.type === 'heading')
            highest = Math.min(highest, node.depth);
        if ('children' in node)
            for (const child of node.children)
                open.push(child);
    }
    return { addresses, highest };
}
function withLabel({ label, children }) {
    const mark = { type: 'text', value: `[${label ?? ''}] ` };
    const [first, ...rest] = children;
    return first?.type === 'paragraph'
        ? [{ ...first, children: [mark, ...first.children] }, ...rest]
        : [{ type: 'paragraph', children: [mark] }, ...children];
}
function paragraphOf(children) {
    return children.length === 0 ? [] : [{ type: 'paragraph', children: [...children] }];
}

;// CONCATENATED MODULE: ./src/report/reply/room.js

class ReplyRoom {
    #left;
    #isFull = false;
    isCut = false;
    constructor(bytes) {
        this.#left = bytes;
    }
    takes(bytes) {
        if (this.#left <= bytes) {
            this.#isFull = true;
            this.isCut = true;
        }
        if (!this.#isFull)
            this.#left -= bytes;
        return !this.#isFull;
    }
    cut(text) {
        if (this.takes(Buffer.byteLength(text)))
            return text;
        const shown = this.#left > 1 ? (0,cut/* cut */.J)(text, this.#left) : '';
        this.#left = 0;
        return shown;
    }
}

;// CONCATENATED MODULE: ./src/report/reply/show-reply.js









const MAX_SOURCE = 32_000;
const MAX_MS = 5_000;
function shownReply(reply, room) {
    const whole = (0,redact/* redact */.E$)(reply);
    const source = whole.slice(0, MAX_SOURCE).replace(/[\ud800-\udbff]$/, '');
    const { markdown, isCut } = inTime(() => written(source, room)) ?? (0,report_markdown/* preformatted */.EC)(source, room);
    return { markdown, isCut: isCut || source.length < whole.length };
}
function inTime(work) {
    try {
        return (0,external_node_vm_.runInNewContext)('work()', { work }, { timeout: MAX_MS });
    }
    catch (error) {
        const isTimeout = error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
        if (isTimeout || error instanceof RangeError)
            return undefined;
        throw error;
    }
}
function written(source, bytes) {
    const tree = (0,lib/* fromMarkdown */.Y)(source, { extensions: [(0,micromark_extension_gfm/* gfm */.T)()], mdastExtensions: [(0,mdast_util_gfm_lib/* gfmFromMarkdown */.C)()] });
    for (let left = bytes / 2;; left /= 2) {
        const room = new ReplyRoom(left);
        const markdown = write({ type: 'root', children: new InertBlocks(source, room, tree).of(tree.children) });
        if (Buffer.byteLength(markdown) <= bytes)
            return { markdown, isCut: room.isCut };
    }
}
function write(tree) {
    const extensions = [(0,mdast_util_gfm_lib/* gfmToMarkdown */.H)({ tablePipeAlign: false })];
    return (0,mdast_util_to_markdown_lib/* toMarkdown */.l)(tree, { bullet: '-', rule: '-', listItemIndent: 'one', extensions }).trimEnd();
}


/***/ })

};
