export const id = 252;
export const ids = [252];
export const modules = {

/***/ 8252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  archiveOf: () => (/* binding */ archiveOf)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./text/format.js
var format = __webpack_require__(3143);
// EXTERNAL MODULE: ./text/refusal.js
var refusal = __webpack_require__(282);
// EXTERNAL MODULE: ./desired/files/check-limits.js
var check_limits = __webpack_require__(874);
// EXTERNAL MODULE: ./desired/files/inspect.js
var inspect = __webpack_require__(3501);
// EXTERNAL MODULE: ./desired/files/read-unchanged.js
var read_unchanged = __webpack_require__(261);
// EXTERNAL MODULE: ./desired/files/upload-name.js
var upload_name = __webpack_require__(1770);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./desired/archive/gzip.js




class GzipTooLarge extends Error {
    constructor(maxBytes) {
        super(`more than ${maxBytes} bytes`);
        this.name = 'GzipTooLarge';
    }
}
const BLOCK_BYTES = 256 * 1024;
const SYSTEM = { offset: 9, unknown: 255 };
async function writeGzip(content, options) {
    const hash = { content: (0,external_node_crypto_.createHash)('sha256'), file: (0,external_node_crypto_.createHash)('sha256') };
    let size = 0;
    async function* plain() {
        for await (const block of inBlocks(content)) {
            hash.content.update(block);
            yield block;
        }
    }
    async function* packed(chunks) {
        for await (const chunk of chunks) {
            const at = SYSTEM.offset - size;
            if (at >= 0 && at < chunk.length)
                chunk[at] = SYSTEM.unknown;
            size += chunk.length;
            if (size > options.maxBytes)
                throw new GzipTooLarge(options.maxBytes);
            hash.file.update(chunk);
            yield chunk;
        }
    }
    const out = (0,external_node_fs_.createWriteStream)(options.file, { flags: 'wx', mode: 0o600 });
    await (0,external_node_stream_promises_.pipeline)(plain, (0,external_node_zlib_.createGzip)({ level: options.level }), packed, out, { signal: options.signal });
    return { size, sha256: hash.file.digest('hex'), contentSha256: hash.content.digest('hex') };
}
async function* inBlocks(content) {
    let block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    let filled = 0;
    for await (const chunk of content) {
        for (let at = 0; at < chunk.length;) {
            const part = chunk.subarray(at, at + BLOCK_BYTES - filled);
            block.set(part, filled);
            filled += part.length;
            at += part.length;
            if (filled < BLOCK_BYTES)
                continue;
            yield block;
            block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
            filled = 0;
        }
    }
    if (filled > 0)
        yield block.subarray(0, filled);
}

// EXTERNAL MODULE: ./desired/archive/member.js
var member = __webpack_require__(360);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: ./desired/files/content.js + 1 modules
var content = __webpack_require__(2007);
;// CONCATENATED MODULE: ./desired/archive/tar.js


const MODIFIED = new Date('1980-01-01T00:00:00Z');
const ANYBODY = { uid: 0, gid: 0, uname: '', gname: '', mtime: MODIFIED };
const MODE = { plain: 0o644, executable: 0o755, link: 0o777 };
async function* tarOf(members) {
    const tar = await __webpack_require__.e(/* import() */ 474).then(__webpack_require__.t.bind(__webpack_require__, 6474, 19));
    const pack = tar.pack();
    const written = addAll(pack, members).catch((error) => pack.destroy(error));
    try {
        yield* pack;
    }
    finally {
        pack.destroy();
        await written;
    }
}
async function addAll(pack, members) {
    for (const { name, file, linkTo } of members) {
        if (linkTo === undefined) {
            const mode = file.isExecutable ? MODE.executable : MODE.plain;
            await add(pack, { name, type: 'file', mode, size: file.size }, (0,content/* readContent */.c)(file, 'it was being packed'));
        }
        else {
            await add(pack, { name, type: 'symlink', mode: MODE.link, linkname: linkTo }, []);
        }
    }
    pack.finalize();
}
async function add(pack, header, content) {
    const { promise: ended, resolve, reject } = Promise.withResolvers();
    const entry = pack.entry({ ...ANYBODY, ...header }, (error) => (error ? reject(error) : resolve()));
    entry.on('error', () => undefined);
    ended.catch(() => undefined);
    for await (const chunk of content) {
        if (!entry.write(Buffer.from(chunk)))
            await Promise.race([(0,external_node_events_.once)(entry, 'drain'), ended]);
    }
    entry.end(null);
    await ended;
}

;// CONCATENATED MODULE: ./desired/archive/archive.js











async function archiveOf(files, options) {
    const members = (0,member/* membersOf */.l)(files);
    const unpacked = members.reduce((sum, { file, linkTo }) => sum + (linkTo === undefined ? file.size : 0), 0);
    const what = `${(0,format/* count */.U9)(files.length, 'file')} (${(0,format/* inBytes */.Hf)(unpacked)})`;
    const { written, file } = await write(members, options, what);
    const version = (0,inspect/* versionOf */.E4)(await (0,promises_.stat)(file, { bigint: true }));
    return {
        file: {
            path: member/* ARCHIVE_NAME */.r,
            realPath: file,
            isLink: false,
            isExecutable: false,
            version,
            mountPath: options.mountPath,
            isNamed: false,
            size: written.size,
            sha256: written.sha256,
            fingerprint: (0,upload_name/* fingerprintOf */.ax)(written.contentSha256),
            packed: members,
        },
        line: `Packed ${what} into ${member/* ARCHIVE_NAME */.r} (${(0,format/* inBytes */.Hf)(written.size)})`,
        warnings: (0,check_limits/* diskWarning */.ii)(unpacked + written.size),
    };
}
async function write(members, { compressionLevel, scratch, signal }, what) {
    try {
        const file = external_node_path_.join(await scratch.path(), member/* ARCHIVE_NAME */.r);
        const options = { file, level: compressionLevel, maxBytes: Number(check_limits/* MAX_FILE_BYTES */.gZ), signal };
        return { written: await writeGzip(tarOf(members), options), file };
    }
    catch (error) {
        throw asFailureOf(what, error, signal);
    }
}
function asFailureOf(what, error, signal) {
    if (signal.aborted)
        return signal.reason;
    if (error instanceof GzipTooLarge) {
        const limit = (0,format/* inBytes */.Hf)(Number(check_limits/* MAX_FILE_BYTES */.gZ));
        return new refusal/* Refusal */.P([`${what} make an archive of more than the ${limit} that the service takes; narrow \`files\``]);
    }
    if (error instanceof read_unchanged/* FileChanged */.zR || error instanceof read_unchanged/* UnreadableFile */.ie || !(error instanceof Error))
        return error;
    return new Error(`${what} could not be packed (${error.message}); the archive is written to the runner's temporary folder, which has to have room for it`, { cause: error });
}


/***/ })

};
