export const id = 375;
export const ids = [375];
export const modules = {

/***/ 8375:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  packArchive: () => (/* binding */ packArchive),
  readArchive: () => (/* binding */ readArchive)
});

// EXTERNAL MODULE: ./src/stop/breather.js
var stop_breather = __webpack_require__(7897);
// EXTERNAL MODULE: ./src/text/format.js
var format = __webpack_require__(6302);
// EXTERNAL MODULE: ./src/desired/files/check-limits.js
var check_limits = __webpack_require__(4609);
// EXTERNAL MODULE: ./src/desired/files/files.js + 17 modules
var files_files = __webpack_require__(5427);
// EXTERNAL MODULE: ./src/desired/files/place.js
var place = __webpack_require__(8759);
// EXTERNAL MODULE: ./src/desired/files/read-unchanged.js
var read_unchanged = __webpack_require__(5486);
// EXTERNAL MODULE: ./src/desired/files/upload-name.js
var upload_name = __webpack_require__(2827);
// EXTERNAL MODULE: ./src/desired/archive/member.js
var archive_member = __webpack_require__(1667);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ../../node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(6474);
// EXTERNAL MODULE: ./src/text/refusal.js
var refusal = __webpack_require__(6581);
// EXTERNAL MODULE: ./src/text/system-error.js
var system_error = __webpack_require__(159);
// EXTERNAL MODULE: ./src/desired/files/inspect.js
var inspect = __webpack_require__(7643);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./src/desired/archive/gzip.js





class GzipTooLarge extends Error {
}
const LEVEL = 1;
const BLOCK_BYTES = 128 * 1024;
const BLOCKS_AHEAD = 4;
const SYSTEM = { offset: 9, unknown: 255 };
async function writeGzip(content, file, signal) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    async function* packed(chunks) {
        for await (const chunk of chunks) {
            const at = SYSTEM.offset - size;
            if (at >= 0 && at < chunk.length)
                chunk[at] = SYSTEM.unknown;
            size += chunk.length;
            if (size > check_limits/* MAX_FILE_BYTES */.gZ)
                throw new GzipTooLarge();
            hash.update(chunk);
            yield chunk;
        }
    }
    const ahead = { writableHighWaterMark: BLOCKS_AHEAD * BLOCK_BYTES };
    const gzip = (0,external_node_zlib_.createGzip)({ level: LEVEL, chunkSize: BLOCK_BYTES, ...ahead });
    const out = (0,external_node_fs_.createWriteStream)(file, { flags: 'wx', mode: 0o600 });
    await (0,external_node_stream_promises_.pipeline)(inBlocks(content), gzip, packed, out, { signal });
    return { size, sha256: hash.digest('hex') };
}
async function* inBlocks(content) {
    const blocks = Array.from({ length: BLOCKS_AHEAD + 2 }, () => Buffer.allocUnsafeSlow(BLOCK_BYTES));
    const blockAt = (turn) => blocks[turn % blocks.length] ?? Buffer.alloc(0);
    let [turn, filled] = [0, 0];
    for await (const chunk of content) {
        for (let at = 0; at < chunk.length;) {
            const part = chunk.subarray(at, at + BLOCK_BYTES - filled);
            blockAt(turn).set(part, filled);
            filled += part.length;
            at += part.length;
            if (filled < BLOCK_BYTES)
                continue;
            yield blockAt(turn);
            turn++;
            filled = 0;
        }
    }
    if (filled > 0)
        yield blockAt(turn).subarray(0, filled);
}

;// CONCATENATED MODULE: ./src/desired/archive/packer.js












const MODIFIED = new Date('1980-01-01T00:00:00Z');
const ANYBODY = { uid: 0, gid: 0, uname: '', gname: '', mtime: MODIFIED };
class Packer {
    #members;
    #what;
    #file;
    #signal;
    #pack = tar_stream.pack();
    #written;
    #isGivenUp = false;
    constructor(members, file, signal) {
        this.#members = new Map(members.map((member) => [member.file, member]));
        this.#what = (0,archive_member/* membersText */.RV)(members);
        this.#file = file;
        this.#signal = signal;
        this.#written = writeGzip(this.#pack, file, signal);
        this.#written.catch(() => undefined);
    }
    static async open(members, scratch, signal) {
        const folder = await scratch.path().catch((error) => {
            throw notPacked((0,archive_member/* membersText */.RV)(members), error);
        });
        return new Packer(members, external_node_path_.join(folder, archive_member/* ARCHIVE_NAME */.rX), signal);
    }
    async take(file, content) {
        const member = this.#members.get(file);
        if (member === undefined || this.#isGivenUp)
            return;
        const { name, linkTo } = member;
        const size = Number(file.version.size);
        if (linkTo === undefined)
            await this.#addMember({ name, type: 'file', mode: (0,archive_member/* modeOf */.VV)(file), size }, content);
        else
            await this.#addMember({ name, type: 'symlink', mode: archive_member/* MODE */.g.link, linkname: linkTo }, []);
    }
    async giveUp() {
        this.#isGivenUp = true;
        await this[Symbol.asyncDispose]();
        await (0,promises_.rm)(this.#file, { force: true });
    }
    async finish() {
        if (this.#isGivenUp)
            return undefined;
        this.#pack.finalize();
        const written = await this.#written.catch((error) => {
            throw this.#asFailure(error);
        });
        const version = (0,inspect/* versionOf */.E4)(await (0,promises_.stat)(this.#file, { bigint: true }));
        return { path: archive_member/* ARCHIVE_NAME */.rX, realPath: this.#file, version, ...written };
    }
    async [Symbol.asyncDispose]() {
        this.#pack.destroy();
        await this.#written.catch(() => undefined);
    }
    async #addMember(header, content) {
        const { promise: ended, resolve, reject } = Promise.withResolvers();
        const entry = this.#pack.entry({ ...ANYBODY, ...header }, (error) => (error ? reject(error) : resolve()));
        entry.on('error', () => undefined);
        ended.catch(() => undefined);
        try {
            for await (const chunk of content) {
                if (!entry.write(Buffer.from(chunk)))
                    await Promise.race([(0,external_node_events_.once)(entry, 'drain'), ended]);
            }
            entry.end(null);
            await ended;
        }
        catch (error) {
            if (error instanceof read_unchanged/* FileChanged */.zR || error instanceof read_unchanged/* UnreadableFile */.ie)
                throw error;
            this.#pack.destroy();
            await this.#written.catch((cause) => {
                throw this.#asFailure(cause);
            });
            throw error;
        }
    }
    #asFailure(error) {
        if (this.#signal.aborted)
            return this.#signal.reason;
        if (!(error instanceof GzipTooLarge))
            return notPacked(this.#what, error);
        const limit = (0,format/* formatBytes */.z3)(Number(check_limits/* MAX_FILE_BYTES */.gZ));
        return new refusal/* Refusal */.P([
            `${this.#what} make an archive of more than the ${limit} that the service takes; narrow \`files\``,
        ]);
    }
}
function notPacked(what, error) {
    return new Error(`${what} could not be packed: ${(0,system_error/* systemErrorText */.f)(error)}; the archive is written to the runner's temporary folder, which has to have room for it`, { cause: error });
}

;// CONCATENATED MODULE: ./src/desired/archive/size-estimate.js


const [SAMPLES, SAMPLE_BYTES] = [64, 16 * 1024];
const HEADER_BYTES = 64;
class SizeEstimate {
    #step;
    #samples = [];
    #seen = 0;
    constructor(total) {
        this.#step = total / SAMPLES;
    }
    see(chunk) {
        if (this.#seen >= this.#samples.length * this.#step)
            this.#samples.push(Buffer.from(chunk.subarray(0, SAMPLE_BYTES)));
        this.#seen += chunk.length;
    }
    sizeOf(unpacked, members) {
        const sample = Buffer.concat(this.#samples);
        const share = sample.length === 0 ? 1 : (0,external_node_zlib_.gzipSync)(sample, { level: LEVEL }).length / sample.length;
        return Math.round(unpacked * Math.min(share, 1) + members * HEADER_BYTES);
    }
}

;// CONCATENATED MODULE: ./src/desired/archive/archive.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});










async function readArchive(found, mountPath, isForNew, options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { guard, scratch, progress, signal } = options;
        const planned = (0,archive_member/* membersOf */.lS)(found.files);
        const total = (0,place/* totalSize */.U)(found.files);
        const estimate = new SizeEstimate(total);
        const onRead = (chunk) => {
            progress.read(chunk.length);
            estimate.see(chunk);
        };
        const packer = __addDisposableResource(env_1, isForNew ? await Packer.open(planned, scratch, signal) : undefined, true);
        progress.begin(isForNew ? 'Packed' : 'Read', total);
        const files = await (0,files_files/* readFiles */.U)(found, { guard, signal, onRead, taker: packer });
        if (files.files.length === 0)
            return { ...files, archive: undefined };
        const members = (0,archive_member/* membersOf */.lS)(files.files);
        if (!haveSameLinks(planned, members))
            await packer?.giveUp();
        const packed = await packer?.finish();
        const size = estimate.sizeOf((0,archive_member/* unpackedSize */.JL)(members), members.length);
        const archive = asArchive(members, mountPath, size, packed);
        const line = packed === undefined
            ? `Archive of ${(0,archive_member/* membersText */.RV)(members)}, about ${(0,format/* formatBytes */.z3)(size)} packed`
            : packedLine(members, archive.size);
        return {
            ...files,
            archive,
            lines: [...files.lines, line],
            warnings: [...files.warnings, ...(0,check_limits/* diskWarning */.ii)((0,archive_member/* unpackedSize */.JL)(members) + archive.size)],
        };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function packArchive(archive, tools) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { scratch, progress, signal } = tools;
        const members = archive.packed ?? [];
        const [breather, buffers] = [new stop_breather/* Breather */.i(signal), (0,read_unchanged/* readBuffers */.UV)()];
        const packer = __addDisposableResource(env_2, await Packer.open(members, scratch, signal), true);
        progress.begin('Packed', (0,archive_member/* unpackedSize */.JL)(members));
        for (const { file } of members) {
            if (breather.isDue)
                await breather.breathe();
            await packer.take(file, (0,read_unchanged/* chunksOf */.U_)(file, 'it was being packed', buffers));
            progress.read(file.size);
        }
        const packed = asArchive(members, archive.mountPath, archive.size, await packer.finish());
        progress.end(packedLine(members, packed.size));
        return packed;
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = __disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
function packedLine(members, size) {
    return `Packed ${(0,archive_member/* membersText */.RV)(members)} into ${archive_member/* ARCHIVE_NAME */.rX} (${(0,format/* formatBytes */.z3)(size)})`;
}
function asArchive(members, mountPath, size, content) {
    return {
        path: archive_member/* ARCHIVE_NAME */.rX,
        mountPath,
        size: content?.size ?? size,
        sha256: content?.sha256,
        fingerprint: (0,upload_name/* fingerprintOf */.ax)((0,archive_member/* membersHash */.Ab)(members)),
        content,
        packed: members,
    };
}
function haveSameLinks(planned, members) {
    const links = new Map(planned.map(({ name, linkTo }) => [name, linkTo]));
    return members.every(({ name, linkTo }) => links.get(name) === linkTo);
}


/***/ })

};
