export const id = 460;
export const ids = [460];
export const modules = {

/***/ 2460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  converse: () => (/* binding */ converse)
});

// EXTERNAL MODULE: ./src/api/resources.js
var api_resources = __webpack_require__(3799);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(5495);
// EXTERNAL MODULE: ./src/text/json.js
var json = __webpack_require__(8071);
// EXTERNAL MODULE: ./src/text/redact.js
var redact = __webpack_require__(24);
;// CONCATENATED MODULE: ./src/api/decode-event.js



const content = dist/* pipe */.Fs((0,json/* listOf */.c3)(dist/* object */.Ik({ text: json/* text */.Qq })), dist/* transform */.pd((blocks) => blocks.map((block) => block.text).join('\n')));
const wireEvent = dist/* object */.Ik({
    type: json/* text */.Qq,
    id: (0,json/* lenient */.W_)(json/* text */.Qq),
    processed_at: (0,json/* lenient */.W_)(json/* text */.Qq),
    content: dist/* fallback */.Np(content, ''),
    description: dist/* fallback */.Np(json/* text */.Qq, ''),
    outcome_id: dist/* fallback */.Np(json/* text */.Qq, ''),
    name: dist/* fallback */.Np(json/* text */.Qq, 'a tool'),
    mcp_server_name: (0,json/* lenient */.W_)(json/* text */.Qq),
    input: dist/* optional */.lq(dist/* unknown */.L5()),
    evaluation: (0,json/* lenient */.W_)(dist/* object */.Ik({ type: json/* text */.Qq })),
    session_thread_id: (0,json/* lenient */.W_)(json/* text */.Qq),
    from_session_thread_id: (0,json/* lenient */.W_)(json/* text */.Qq),
    agent_name: (0,json/* lenient */.W_)(json/* text */.Qq),
    from_agent_name: (0,json/* lenient */.W_)(json/* text */.Qq),
    usage: dist/* fallback */.Np(json/* jsonObject */.o$, {}),
    iteration: dist/* fallback */.Np(json/* amount */.vj, 0),
    result: dist/* fallback */.Np(json/* text */.Qq, 'unknown'),
    explanation: dist/* fallback */.Np(json/* text */.Qq, ''),
    tool_use_id: (0,json/* lenient */.W_)(json/* text */.Qq),
    mcp_tool_use_id: (0,json/* lenient */.W_)(json/* text */.Qq),
    is_error: (0,json/* lenient */.W_)(dist/* literal */.eu(true)),
    stop_reason: (0,json/* lenient */.W_)(dist/* object */.Ik({ type: (0,json/* lenient */.W_)(json/* text */.Qq), event_ids: dist/* fallback */.Np((0,json/* listOf */.c3)(json/* text */.Qq), []) })),
    stop_details: (0,json/* lenient */.W_)(dist/* object */.Ik({ explanation: (0,json/* lenient */.W_)(json/* text */.Qq) })),
    error: dist/* fallback */.Np(dist/* object */.Ik({
        type: dist/* fallback */.Np(json/* text */.Qq, 'unknown_error'),
        message: dist/* fallback */.Np(json/* text */.Qq, 'no message'),
        retry_status: (0,json/* lenient */.W_)(dist/* object */.Ik({ type: json/* text */.Qq })),
        repository_url: (0,json/* lenient */.W_)(json/* text */.Qq),
    }), { type: 'unknown_error', message: 'no message' }),
});
const sessionEvent = dist/* pipe */.Fs(wireEvent, dist/* transform */.pd((event) => {
    const threadId = event.session_thread_id ?? event.from_session_thread_id;
    return { id: event.id, processedAt: event.processed_at, threadId, ...contentOf(event) };
}));
function contentOf(event) {
    const type = event.type;
    switch (type) {
        case 'user.message':
            return { kind: 'user-message', text: event.content };
        case 'user.define_outcome':
            return { kind: 'user-message', text: event.description, outcomeId: event.outcome_id };
        case 'agent.message':
            return { kind: 'agent-message', text: (0,redact/* redact */.E$)(event.content) };
        case 'agent.tool_use':
        case 'agent.mcp_tool_use':
        case 'agent.custom_tool_use': {
            const server = type === 'agent.mcp_tool_use' ? `${event.mcp_server_name ?? ''}/` : '';
            return {
                kind: 'tool-use',
                name: `${server}${event.name}`,
                input: (0,redact/* redactAll */.$I)(event.input),
                isCustom: type === 'agent.custom_tool_use',
                policy: event.evaluation?.type,
            };
        }
        case 'agent.tool_result':
        case 'agent.mcp_tool_result': {
            const useId = event.tool_use_id ?? event.mcp_tool_use_id;
            return { kind: 'tool-result', useId, error: event.is_error ? (0,redact/* redact */.E$)(event.content) : undefined };
        }
        case 'user.tool_confirmation':
            return { kind: 'confirmation', useId: event.tool_use_id };
        case 'session.usage':
            return { kind: 'usage', usage: event.usage };
        case 'session.status_running':
            return { kind: 'running' };
        case 'session.status_rescheduled':
            return { kind: 'rescheduled' };
        case 'session.status_idle':
            return idle(event);
        case 'session.error':
            return { kind: 'error', error: sessionError(event.error) };
        case 'session.status_terminated':
            return { kind: 'terminated' };
        case 'session.deleted':
            return { kind: 'deleted' };
        default:
            return evaluationOf(event) ?? threadContentOf(event) ?? { kind: 'other' };
    }
}
function evaluationOf(event) {
    const { iteration, outcome_id: outcomeId, result } = event;
    switch (event.type) {
        case 'span.outcome_evaluation_start':
            return { kind: 'evaluation-start', iteration };
        case 'span.outcome_evaluation_end':
            return { kind: 'evaluation-end', outcomeId, iteration, result, explanation: (0,redact/* redact */.E$)(event.explanation) };
        default:
            return undefined;
    }
}
function threadContentOf(event) {
    const agent = event.agent_name ?? event.from_agent_name ?? 'another agent';
    switch (event.type) {
        case 'session.thread_created':
            return { kind: 'thread-created', agent };
        case 'session.thread_status_running':
            return { kind: 'thread-running', agent };
        case 'session.thread_status_idle': {
            const { type, event_ids } = event.stop_reason ?? { type: undefined, event_ids: [] };
            return { kind: 'thread-idle', agent, waitsFor: type === 'requires_action' ? event_ids : [] };
        }
        case 'agent.thread_message_received':
            return { kind: 'thread-message', agent, text: (0,redact/* redact */.E$)(event.content) };
        default:
            return undefined;
    }
}
function idle({ stop_reason, stop_details }) {
    const waitsFor = stop_reason?.event_ids ?? [];
    return { kind: 'idle', stopReason: stop_reason?.type, waitsFor, explanation: (0,redact/* redactAll */.$I)(stop_details?.explanation) };
}
function sessionError(error) {
    const { type, message, retry_status, repository_url: repositoryUrl } = error;
    return { type, message: (0,redact/* redact */.E$)(message), retryStatus: retry_status?.type, repositoryUrl };
}

// EXTERNAL MODULE: ./src/api/id.js
var id = __webpack_require__(6277);
// EXTERNAL MODULE: ./src/api/page.js
var page = __webpack_require__(7891);
// EXTERNAL MODULE: ./src/api/request.js
var request = __webpack_require__(5423);
// EXTERNAL MODULE: ./src/api/user-event.js
var user_event = __webpack_require__(1330);
;// CONCATENATED MODULE: ./src/api/events.js






async function tellAgent(client, sessionId, prompt) {
    const params = { events: [(0,user_event/* userEvent */.Q)(prompt)] };
    const call = { body: (0,request/* jsonBody */.J9)(params), repeat: 'if-not-acted' };
    const sent = await client.send((0,request/* sessionCall */.td)('POST', eventsPath(sessionId), call), dist/* optional */.lq((0,page/* pageOf */.ZZ)(sessionEvent)));
    return sent?.data[0];
}
function confirmTools(client, sessionId, answers) {
    const events = answers.map(({ useId, result, reason }) => ({
        type: 'user.tool_confirmation',
        tool_use_id: useId,
        result,
        ...(reason === undefined ? {} : { deny_message: reason }),
    }));
    const params = { events };
    const call = { body: (0,request/* jsonBody */.J9)(params), repeat: 'if-not-acted' };
    return client.send((0,request/* sessionCall */.td)('POST', eventsPath(sessionId), call), dist/* unknown */.L5());
}
function listEvents(client, sessionId, params, options = {}) {
    const call = { query: { ...params }, repeat: 'freely', ...options };
    return (0,page/* fetchPages */.f1)(client, (0,request/* sessionCall */.td)('GET', eventsPath(sessionId), call), (0,page/* pageOf */.ZZ)(sessionEvent));
}
function eventsPath(sessionId) {
    return `/${(0,id/* segment */.mX)(sessionId)}/events`;
}

// EXTERNAL MODULE: ./src/apply/effect.js
var effect = __webpack_require__(945);
// EXTERNAL MODULE: ./src/text/escape.js
var text_escape = __webpack_require__(5434);
;// CONCATENATED MODULE: ./src/converse/turn.js
function isOrdinary({ stopReason }) {
    return stopReason === undefined || stopReason === 'end_turn';
}
function stoppedBy({ stopReason, waitsFor, explanation }, events) {
    return { stopReason, explanation, waitsFor: waitsFor.map((id) => ({ id, tool: toolOf(id, events) })) };
}
function toolOf(id, events) {
    return events.find((event) => event.kind === 'tool-use' && event.id !== undefined && event.id === id);
}

;// CONCATENATED MODULE: ./src/converse/asks.js

function openAsks(events) {
    const waiting = new Map();
    for (const event of events) {
        const source = event.threadId ?? '';
        if (event.kind === 'thread-idle')
            waiting.set(source, event.waitsFor);
        if (event.kind === 'idle')
            waiting.set('', event.stopReason === 'requires_action' ? event.waitsFor : []);
        if (event.kind === 'thread-running')
            waiting.delete(source);
        if (event.kind === 'running')
            waiting.delete('');
    }
    const answered = answeredIds(events);
    const open = new Set([...waiting.values()].flat().filter((id) => !answered.has(id)));
    return [...open].map((id) => ({ id, tool: toolOf(id, events) }));
}
function answeredIds(events) {
    const isAnswer = (event) => event.kind === 'confirmation' || event.kind === 'tool-result';
    return new Set(events.flatMap((event) => (isAnswer(event) && 'useId' in event ? (event.useId ?? []) : [])));
}
function withoutOldAsks(placed) {
    const events = placed.map(({ event }) => event);
    const answered = answeredIds(events);
    const lastStatus = events.findLastIndex(({ kind }) => kind === 'idle' || kind === 'running');
    return placed.filter(({ event }, index) => {
        if (event.kind !== 'idle' || event.stopReason !== 'requires_action')
            return true;
        const isAnswered = event.waitsFor.length > 0 && event.waitsFor.every((id) => answered.has(id));
        return index >= lastStatus && !isAnswered;
    });
}

;// CONCATENATED MODULE: ./src/converse/read-events.js

const PAGE = 50;
const ENOUGH_KNOWN = 20;
function eventKey(event) {
    const { id, kind, processedAt } = event;
    if (id === undefined)
        return JSON.stringify(event);
    return kind === 'user-message' && processedAt === undefined ? `${id} queued` : id;
}
function readLatest(source) {
    let read = 0;
    return walkBack(source, () => ++read >= PAGE);
}
async function readNew(source, known) {
    let met = 0;
    const isKnown = (event) => known.has(eventKey(event));
    const events = await walkBack(source, (event) => isKnown(event) && ++met >= ENOUGH_KNOWN);
    const news = new Map(events.filter((event) => !isKnown(event)).map((event) => [eventKey(event), event]));
    return [...news.values()];
}
async function walkBack({ client, sessionId, options }, isLastWanted) {
    const events = [];
    let isBackwards = true;
    for await (const page of listEvents(client, sessionId, { order: 'desc', limit: PAGE }, options)) {
        if (events.length === 0)
            isBackwards = !isOldestFirst(page);
        for (const event of page) {
            events.push(event);
            if (isLastWanted(event) && isBackwards)
                return events.reverse();
        }
    }
    return isBackwards ? events.reverse() : events;
}
function isOldestFirst(events) {
    const times = events.map(({ processedAt }) => Date.parse(processedAt ?? '')).filter((time) => !Number.isNaN(time));
    const steps = times.slice(1).map((time, index) => Math.sign(time - (times[index] ?? time)));
    return steps.length > 1 && steps.reduce((sum, step) => sum + step, 0) > 0;
}

;// CONCATENATED MODULE: ./src/converse/answer-asks.js





const DENIAL = 'The workflow that runs this session does not allow this tool. Go on without it.';
function answersOf(asks, { allow, others }) {
    const answers = asks.flatMap(({ id: useId, tool }) => {
        if (tool === undefined || tool.isCustom)
            return [];
        if (allow.includes(tool.name))
            return [{ useId, result: 'allow' }];
        return others === 'deny' ? [{ useId, result: 'deny', reason: DENIAL }] : [];
    });
    return answers.length === asks.length ? answers : undefined;
}
async function answerAsks(sessionId, asks, answers, known, context) {
    const { client, stop, log } = context;
    const useIds = answers.map(({ useId }) => useId);
    const intent = { kind: 'confirmation', sessionId, useIds };
    await (0,effect/* performEffect */.dp)(context, {
        intent,
        failed: `the agent of session ${sessionId} asks to use tools, and could not be answered`,
        call: () => confirmTools(client, sessionId, answers),
        outcome: () => intent,
        find: async () => {
            const answered = answeredIds(await readNew({ client, sessionId, options: { signal: stop.startNothingNew } }, known));
            const there = useIds.filter((id) => answered.has(id)).length;
            if (there === useIds.length)
                return true;
            return there > 0 ? effect/* UNCLEAR */.tH : undefined;
        },
    });
    for (const { useId, result } of answers) {
        const name = asks.find(({ id }) => id === useId)?.tool?.name ?? '';
        log(`${result === 'allow' ? 'Allowed' : 'Denied'} the tool ${(0,text_escape/* quote */.hD)(name)}`);
    }
}

// EXTERNAL MODULE: ./src/api/errors.js
var errors = __webpack_require__(7587);
// EXTERNAL MODULE: ./src/stop/pause.js
var pause = __webpack_require__(1328);
// EXTERNAL MODULE: ./src/api/retry.js
var retry = __webpack_require__(8556);
;// CONCATENATED MODULE: ./src/converse/persist.js



async function persist(work, { signal, delayMs, log }) {
    for (let attempt = 1;; attempt++) {
        try {
            return await work();
        }
        catch (error) {
            if (!(error instanceof errors/* ApiError */.hD) || !mayPass(error))
                throw error;
            if (attempt === 1)
                log(`Still waiting, and retrying until the wait ends: ${error.message}`);
            await (0,pause/* pause */.v)(Math.max(delayMs, askedDelay(error)), signal);
        }
    }
}
function mayPass(error) {
    if ((0,retry/* isTransient */.dg)(error))
        return true;
    if (!(error instanceof errors/* StatusError */.Xs))
        return false;
    const { isForeign, status, type } = error.details;
    return isForeign && status !== 401 && type === undefined;
}
const MAX_DELAY_MS = 3_600_000;
function askedDelay(error) {
    return error instanceof errors/* StatusError */.Xs ? Math.min(error.details.retryAfterMs ?? 0, MAX_DELAY_MS) : 0;
}

;// CONCATENATED MODULE: ./src/converse/threads.js
function ownThread(events) {
    const created = new Set(events.flatMap((event) => (event.kind === 'thread-created' ? (event.threadId ?? []) : [])));
    return events.find(({ kind, threadId }, index) => kind === 'thread-running' && events[index - 1]?.kind === 'running' && !created.has(threadId ?? ''))?.threadId;
}
function withoutThread(events, own) {
    return events.map((event) => (event.threadId === own ? { ...event, threadId: undefined } : event));
}
function agentOf({ threadId }, events) {
    if (threadId === undefined)
        return undefined;
    const named = events.find((event) => event.threadId === threadId && 'agent' in event);
    return named !== undefined && 'agent' in named ? named.agent : 'another agent';
}

;// CONCATENATED MODULE: ./src/converse/send-prompt.js




async function sendPrompt(prompt, context) {
    const { client, sessionId, before } = context;
    const intent = { kind: 'prompt', sessionId };
    let isUnclear = false;
    const { event } = await (0,effect/* performEffect */.dp)(context, {
        intent,
        failed: `everything is mounted, but the prompt could not be sent to session ${sessionId}`,
        call: async () => ({ event: (await tellAgent(client, sessionId, prompt)) ?? (await findTaken(prompt, context)) }),
        outcome: ({ event }) => ({ ...intent, eventId: event?.id }),
        find: async () => {
            const found = await findMessage(prompt, context);
            isUnclear = found === effect/* UNCLEAR */.tH;
            return found;
        },
    }).catch((error) => {
        if (!(error instanceof effect/* EffectError */.IU) || !(isUnclear || (0,errors/* mayHaveActed */.LR)(error.cause)))
            throw error;
        const why = isUnclear ? ` (it has a message of the same text, which may be another job's)` : '';
        const failed = `everything is mounted, but the prompt may not have reached session ${sessionId}${why}`;
        throw new effect/* EffectError */.IU(failed, error.cause);
    });
    const outcomeId = event?.kind === 'user-message' ? event.outcomeId || undefined : undefined;
    return { ...prompt, id: event?.id, outcomeId, isQueued: event?.processedAt === undefined, wasIdle: before.isIdle };
}
async function confirmOpening({ prompt, isRunning }, context) {
    const hasIt = await (0,effect/* lookRepeatedly */.lx)(async () => isRunning || (await hasBegun(context)) || undefined, context);
    if (hasIt === undefined)
        return sendPrompt(prompt, context);
    return { ...prompt, id: undefined, outcomeId: undefined, isQueued: false, wasIdle: true };
}
async function hasBegun({ client, sessionId, stop }) {
    try {
        const events = await readNew({ client, sessionId, options: { signal: stop.startNothingNew } }, new Set());
        return events.some(({ kind }) => kind !== 'idle');
    }
    catch (error) {
        if (error instanceof errors/* ApiError */.hD)
            return true;
        throw error;
    }
}
async function findTaken(prompt, context) {
    const look = () => findMessage(prompt, context).catch((error) => {
        if (error instanceof errors/* ApiError */.hD)
            return undefined;
        throw error;
    });
    const found = await (0,effect/* lookRepeatedly */.lx)(look, context);
    if (found === undefined)
        context.log(`The service accepted the prompt, but does not list it yet`);
    return found === effect/* UNCLEAR */.tH ? undefined : found?.event;
}
async function findMessage(prompt, { client, sessionId, before, stop }) {
    const news = await readNew({ client, sessionId, options: { signal: stop.startNothingNew } }, before.known);
    const event = news.findLast((each) => isSame(each, prompt));
    if (event === undefined)
        return undefined;
    return before.isShared ? effect/* UNCLEAR */.tH : { event };
}
function isSame(event, { text, rubric }) {
    return (event.kind === 'user-message' && event.text === text && (event.outcomeId !== undefined) === (rubric !== undefined));
}

;// CONCATENATED MODULE: ./src/converse/prompt-place.js

function findPromptPlace(prompt, placed) {
    const hasId = ({ event }) => prompt.id !== undefined && event.id === prompt.id;
    const hasText = ({ event }) => isSame(event, prompt);
    const isOwn = placed.some(hasId) ? hasId : hasText;
    const taken = placed.findLastIndex((each) => isOwn(each) && each.event.processedAt !== undefined);
    const index = taken >= 0 ? taken : placed.findLastIndex(isOwn);
    const takenIn = prompt.isQueued ? placed[taken]?.reading : undefined;
    return {
        index: Math.max(index, 0),
        isListed: index >= 0,
        isTaken: taken >= 0 || !prompt.isQueued,
        isAlone: isAlone(prompt, placed.slice(0, Math.max(index, 0)), isOwn),
        takenIn,
    };
}
function isAlone(prompt, before, isOwn) {
    const idle = before.findLastIndex(({ event }) => event.kind === 'idle');
    const others = before.slice(idle + 1).some((each) => each.event.kind === 'user-message' && !isOwn(each));
    return !others && (idle >= 0 || prompt.wasIdle);
}

;// CONCATENATED MODULE: ./src/converse/spans.js
function spansOf(placed) {
    const spans = [];
    for (const { event, reading } of placed) {
        const last = spans.at(-1);
        const begins = last === undefined || (event.kind === 'running' && last.idles.length > 0);
        const span = begins ? { events: [], idles: [] } : last;
        if (begins)
            spans.push(span);
        span.events.push(event);
        if (event.kind === 'idle')
            span.idles.push({ event, reading });
    }
    return spans;
}
function answeringSpan(spans, { isAlone, takenIn }) {
    if (isAlone)
        return spans.find(({ events }) => events.some(isWork)) ?? spans.at(-1);
    const own = takenIn === undefined ? -1 : spans.findIndex(({ idles }) => idles.some(({ reading }) => reading > takenIn));
    const until = own < 0 ? spans : spans.slice(0, own + 1);
    const last = until.at(-1);
    if (last === undefined || last.idles.length === 0)
        return last;
    return until.findLast(({ events }) => events.some(isWork)) ?? last;
}
function isWork({ kind }) {
    return kind === 'agent-message' || kind === 'tool-use' || kind === 'error';
}
function saysSomething(event) {
    return event.kind === 'agent-message' && event.threadId === undefined && event.text.trim() !== '';
}
function lackOf(events) {
    const results = events.flatMap((event) => (event.kind === 'tool-result' ? [event.useId] : []));
    const isOpen = (event) => event.kind === 'tool-use' && event.threadId === undefined && !results.includes(event.id);
    const said = events.findLastIndex(saysSomething);
    if (events.slice(said + 1).some(isOpen))
        return 'tool-result';
    return said < 0 ? 'message' : undefined;
}

;// CONCATENATED MODULE: ./src/converse/view-turn.js




const PATIENCE = { unclear: 700, untaken: 6_000, lacking: 5_000 };
const NO_PATIENCE = { unclear: 0, untaken: Number.POSITIVE_INFINITY, lacking: 0 };
const FROM_HERE = { index: 0, isListed: true, isTaken: true, isAlone: true, takenIn: undefined };
function viewTurn(followed, patience = PATIENCE) {
    const { prompt, readings } = followed;
    const placed = withoutOldAsks(readings.flatMap(({ events }, reading) => events.map((event) => ({ event, reading }))));
    const place = prompt === undefined ? FROM_HERE : findPromptPlace(prompt, placed);
    const spans = spansOf(placed.slice(place.index));
    const span = prompt === undefined ? spans[0] : answeringSpan(spans, place);
    const events = span?.events ?? [];
    const view = { isSettling: lastStatus(placed)?.kind === 'idle', lack: lackOf(events) };
    const idle = place.isAlone ? span?.idles[0] : span?.idles.at(-1);
    const isOver = idle !== undefined && waitBehind(idle, place, view, patience, followed) <= 0;
    const ours = place.isTaken || place.isAlone || isOver ? events : [];
    const ending = goneEnding(placed) ??
        repositoryEnding(ours, idle !== undefined) ??
        blockedEnding(placed, place) ??
        (isOver ? idleEnding(idle.event, ours, placed, prompt !== undefined) : undefined);
    const begins = placed.findIndex(({ event }) => event === events[0]);
    const usageBefore = lastUsage(eventsOf(placed.slice(0, Math.max(begins, 0))));
    return { ...view, ours, ending, usageBefore };
}
function waitBehind(idle, { isListed, isTaken, isAlone, takenIn }, { isSettling, lack }, patience, { readings, now }) {
    const isClear = isTaken && isListed && (isAlone || (takenIn !== undefined && idle.reading > takenIn));
    if (!isClear && !isSettling)
        return Number.POSITIVE_INFINITY;
    const sinceNews = now - (readings.at(-1)?.at ?? now);
    const sinceIdle = now - (readings[idle.reading]?.at ?? now);
    const settling = isTaken ? patience.unclear : patience.untaken;
    return Math.max(isClear ? 0 : settling - sinceNews, lack !== undefined && isOrdinary(idle.event) ? patience.lacking - sinceIdle : 0);
}
function lastStatus(placed) {
    const statuses = ['running', 'rescheduled', 'idle'];
    return placed.findLast(({ event }) => statuses.includes(event.kind))?.event;
}
function goneEnding(placed) {
    const gone = placed.findLast(({ event }) => event.kind === 'terminated' || event.kind === 'deleted')?.event;
    return gone?.kind === 'terminated' || gone?.kind === 'deleted' ? { kind: gone.kind } : undefined;
}
function repositoryEnding(ours, isIdle) {
    const error = errorsOf(ours).find(({ type }) => type.startsWith('repository_'));
    return error === undefined ? undefined : { kind: 'no-repository', error, isIdle };
}
function blockedEnding(placed, { isTaken }) {
    const last = lastStatus(placed);
    if (isTaken || last?.kind !== 'idle' || last.stopReason !== 'requires_action')
        return undefined;
    return { kind: 'idle', ...stoppedBy(last, eventsOf(placed)) };
}
function idleEnding(idle, ours, placed, isAnswer) {
    const stopped = stoppedBy(idle, eventsOf(placed));
    const error = errorsOf(ours).at(-1);
    const isSilent = !ours.some(saysSomething);
    if (isAnswer && isSilent && isOrdinary(idle) && error !== undefined)
        return { kind: 'no-answer', error, ...stopped };
    return { kind: 'idle', ...stopped };
}
function lastUsage(events) {
    return events.flatMap((event) => (event.kind === 'usage' ? [event.usage] : [])).at(-1);
}
function errorsOf(events) {
    return events.flatMap((event) => (event.kind === 'error' ? [event.error] : []));
}
function eventsOf(placed) {
    return placed.map(({ event }) => event);
}

;// CONCATENATED MODULE: ./src/converse/follow.js










const PACE = [
    { until: 60_000, every: 1_000 },
    { until: 600_000, every: 5_000 },
    { until: Number.POSITIVE_INFINITY, every: 10_000 },
];
const SETTLING_MS = 800;
const LAST_LOOK_MS = 5_000;
function paceAfter(elapsed) {
    return (PACE.find(({ until }) => elapsed < until) ?? PACE[2]).every;
}
const ASKING_MS = { now: 1_500, before: 6_000 };
class Follower {
    #conversation;
    #before;
    #prompt;
    #context;
    #known;
    #shown = new Set();
    #readings = [];
    #begun = performance.now();
    #own;
    constructor(conversation, before, prompt, context) {
        this.#conversation = conversation;
        this.#before = before;
        this.#prompt = prompt;
        this.#context = context;
        this.#known = new Set(before.known);
    }
    view(patience) {
        return viewTurn({ prompt: this.#prompt, readings: this.#readings, now: performance.now() }, patience);
    }
    async follow(timeIsUp, cancelled) {
        try {
            return await this.#followUntilOver(AbortSignal.any([timeIsUp, cancelled]));
        }
        catch (error) {
            if ((0,errors/* saysGone */.ed)(error))
                return { kind: 'deleted' };
            cancelled.throwIfAborted();
            if (!timeIsUp.aborted)
                throw error;
            return this.#lastLook(cancelled);
        }
    }
    async #followUntilOver(signal) {
        for (let view = this.view();; view = this.view()) {
            const ending = await this.#endingOf(view);
            if (ending !== undefined)
                return ending;
            const delayMs = paceAfter(performance.now() - this.#begun);
            await (0,pause/* pause */.v)(view.isSettling ? Math.min(SETTLING_MS, delayMs) : delayMs, signal);
            await persist(() => this.#look(signal), { signal, delayMs, log: this.#context.log });
        }
    }
    async #endingOf({ ending, isSettling }) {
        const asks = openAsks(this.#events());
        const isAsking = asks.length > 0;
        if (ending !== undefined && !(isAsking && 'waitsFor' in ending && ending.stopReason === 'requires_action'))
            return ending;
        if (!isAsking)
            return undefined;
        const answers = answersOf(asks, this.#conversation.toolPolicy);
        if (answers !== undefined) {
            await this.#answer(asks, answers);
            return undefined;
        }
        const since = performance.now() - (this.#readings.at(-1)?.at ?? this.#begun);
        const isKnown = ending !== undefined && asks.every(({ tool }) => tool !== undefined);
        const isNew = openAsks(this.#readings.flatMap(({ events }) => events)).length > 0;
        if (!isKnown && since < ASKING_MS[isNew ? 'now' : 'before'])
            return undefined;
        const stopped = { stopReason: 'requires_action', waitsFor: asks, explanation: undefined };
        return ending ?? { kind: isSettling ? 'idle' : 'asked', ...stopped };
    }
    async #answer(asks, answers) {
        try {
            await answerAsks(this.#conversation.sessionId, asks, answers, this.#known, this.#context);
        }
        catch (error) {
            if (!(error instanceof effect/* EffectError */.IU))
                throw error;
            await this.#look(this.#context.stop.startNothingNew);
            const open = openAsks(this.#events()).map(({ id }) => id);
            if (asks.every(({ id }) => open.includes(id)))
                throw error;
            return;
        }
        const given = answers.map(({ useId }) => ({ kind: 'confirmation', useId, id: undefined, processedAt: undefined }));
        this.#readings.push({ events: given, at: performance.now() });
    }
    #events() {
        return withoutThread([...this.#before.events, ...this.#readings.flatMap(({ events }) => events)], this.#own);
    }
    async #lastLook(cancelled) {
        try {
            await this.#look(AbortSignal.any([cancelled, AbortSignal.timeout(LAST_LOOK_MS)]));
        }
        catch (error) {
            cancelled.throwIfAborted();
            if ((0,errors/* saysGone */.ed)(error))
                return { kind: 'deleted' };
        }
        return this.view(NO_PATIENCE).ending ?? { kind: 'timed-out' };
    }
    async #look(signal) {
        const { client } = this.#context;
        const { sessionId } = this.#conversation;
        const events = await readNew({ client, sessionId, options: { signal, repeat: 'by-caller' } }, this.#known);
        for (const event of events)
            this.#known.add(eventKey(event));
        this.#own ??= ownThread([...this.#events(), ...events]);
        const told = withoutThread(events, this.#own);
        if (told.length > 0)
            this.#readings.push({ events: told, at: performance.now() });
        await this.#show();
    }
    async #show() {
        const { ours } = this.view();
        const all = this.#events();
        for (const event of ours.filter((each) => !this.#shown.has(eventKey(each)))) {
            this.#shown.add(eventKey(event));
            const tool = event.kind === 'tool-result' ? toolOf(event.useId, all) : undefined;
            await this.#context.listener.show(event, tool, agentOf(event, all));
        }
    }
}

// EXTERNAL MODULE: ./src/converse/mount-context.js
var mount_context = __webpack_require__(6568);
// EXTERNAL MODULE: ./src/api/sessions.js
var sessions = __webpack_require__(3849);
// EXTERNAL MODULE: ./src/api/usage.js
var api_usage = __webpack_require__(1617);
// EXTERNAL MODULE: ./src/text/format.js
var format = __webpack_require__(6302);
;// CONCATENATED MODULE: ./src/converse/raise-budget.js






async function raiseBudget(sessionId, more, before, context) {
    const { client } = context;
    const cents = Math.ceil((0,api_usage/* spendingOf */.o)(before.usage).cents ?? 0) + more;
    const intent = { kind: 'budget', sessionId, cents };
    await (0,effect/* performEffect */.dp)(context, {
        intent,
        failed: `the budget of session ${sessionId} could not be changed`,
        call: () => (0,sessions/* changeBudget */.oZ)(client, sessionId, cents),
        outcome: () => intent,
        find: async () => {
            const session = await (0,sessions/* retrieveSession */.rO)(client, sessionId);
            return session.budgetCents === cents ? session : undefined;
        },
    });
    context.log(`Session ${sessionId} may cost ${(0,format/* formatCents */.$5)(cents)} from now on: what it has cost so far, and ${(0,format/* formatCents */.$5)(more)}`);
}
const POLL_MS = 1_000;
const POLLS = 10;
async function interruptResumed(sessionId, { known }, { client, stop, log }) {
    log(`Session ${sessionId} went on with what had paused at its budget; interrupting that before the prompt is sent`);
    const options = { signal: stop.startNothingNew };
    for (;;) {
        await (0,sessions/* interruptSession */.qo)(client, sessionId);
        for (let poll = 0; poll < POLLS; poll++) {
            const news = await readNew({ client, sessionId, options }, known);
            if (news.findLast(({ kind }) => kind === 'idle' || kind === 'running')?.kind === 'idle')
                return;
            await (0,pause/* pause */.v)(POLL_MS, stop.startNothingNew);
        }
        if ((await (0,sessions/* retrieveSession */.rO)(client, sessionId, options)).status === 'idle')
            return;
    }
}

// EXTERNAL MODULE: ./src/text/truncate.js
var truncate = __webpack_require__(4611);
;// CONCATENATED MODULE: ./src/converse/verdict.js
const GOES_ON = ['pending', 'running', 'evaluating', 'needs_revision'];
function verdictOf(prompt, ours, session) {
    if (prompt?.rubric === undefined)
        return undefined;
    const isOurs = (id) => prompt.outcomeId === undefined || id === prompt.outcomeId;
    const ends = ours.flatMap((event) => (event.kind === 'evaluation-end' && isOurs(event.outcomeId) ? [event] : []));
    const kept = session?.evaluations.findLast(({ outcome_id }) => isOurs(outcome_id));
    const isOver = kept !== undefined && !GOES_ON.includes(kept.result);
    const last = ends.at(-1);
    if (last !== undefined && !GOES_ON.includes(last.result))
        return { ...last, iterations: last.iteration + 1 };
    return {
        result: isOver ? kept.result : 'unfinished',
        explanation: kept?.explanation || last?.explanation || '',
        iterations: Math.max(isOver ? kept.iteration + 1 : 0, last === undefined ? 0 : last.iteration + 1),
    };
}

;// CONCATENATED MODULE: ./src/converse/read-turn.js








const MAX_REPLY = 100_000;
const IDLE_LAG = { times: 10, ms: 200 };
async function readTurn(source, { ours, prompt, usageBefore, ending }) {
    const stopped = ending !== undefined && 'stopReason' in ending ? ending : undefined;
    const isIdle = stopped !== undefined && ending?.kind !== 'asked';
    const told = isIdle ? usageAtIdle(ours) : undefined;
    const isComplete = told !== undefined && verdictOf(prompt, ours, undefined)?.result !== 'unfinished';
    const session = isComplete || ending?.kind === 'deleted' ? undefined : await lastLook(source, isIdle);
    const usage = told ?? session?.usage;
    return {
        status: statusOf(ending, isIdle, session),
        stopReason: stopped?.stopReason,
        reply: replyOf(ours),
        usage,
        runCents: difference(centsOf(usage), centsOf(usageBefore)),
        verdict: verdictOf(prompt, ours, session),
        errors: errorsOf(ours),
    };
}
function statusOf(ending, isIdle, session) {
    if (ending?.kind === 'deleted' || ending?.kind === 'terminated')
        return ending.kind;
    return isIdle ? 'idle' : session?.status;
}
function usageAtIdle(ours) {
    return lastUsage(ours.slice(ours.findLastIndex(isWork) + 1));
}
function centsOf(usage) {
    const { cents, inputTokens, outputTokens } = (0,api_usage/* spendingOf */.o)(usage);
    return cents ?? (inputTokens === 0 && outputTokens === 0 ? 0 : undefined);
}
function difference(after, before) {
    return after === undefined || before === undefined ? undefined : Math.max(after - before, 0);
}
function replyOf(ours) {
    const reply = ours.findLast(saysSomething)?.text ?? '';
    return Buffer.byteLength(reply) <= MAX_REPLY ? reply : `${(0,truncate/* truncate */.x)(reply, MAX_REPLY - 3)}\u2026`;
}
async function lastLook({ client, sessionId, signal }, isIdle) {
    try {
        for (let times = 1;; times++) {
            const session = await (0,sessions/* retrieveSession */.rO)(client, sessionId, { signal });
            if (!isIdle || session.status === 'idle' || times >= IDLE_LAG.times)
                return session;
            await (0,pause/* pause */.v)(IDLE_LAG.ms, signal);
        }
    }
    catch (error) {
        if (error instanceof errors/* ApiError */.hD || signal.aborted)
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/converse/session-before.js



const UNEXPLAINED = { stopReason: undefined, waitsFor: [], explanation: undefined };
const NEW_SESSION = {
    isShared: false,
    known: new Set(),
    events: [],
    isIdle: true,
    stopped: UNEXPLAINED,
    isPaused: false,
    usage: { list_cost: { amount: '0' } },
};
async function readBefore(source) {
    const { status, usage } = await (0,sessions/* retrieveSession */.rO)(source.client, source.sessionId, source.options);
    const events = await readLatest(source);
    const at = events.findLastIndex(({ kind }) => kind === 'running' || kind === 'rescheduled' || kind === 'idle');
    const last = events[at];
    const isIdle = last === undefined ? status === 'idle' : last.kind === 'idle';
    const stopped = last?.kind === 'idle' ? stoppedBy(last, events) : UNEXPLAINED;
    return {
        isShared: true,
        known: new Set(events.map(eventKey)),
        events,
        isIdle: isIdle && !events.slice(at + 1).some(isQueued),
        stopped,
        isPaused: isIdle && stopped.stopReason === 'budget_reached',
        usage,
    };
}
function isQueued({ kind, processedAt }) {
    return kind === 'user-message' && processedAt === undefined;
}

;// CONCATENATED MODULE: ./src/converse/wait-for-agent.js





const LACKING = {
    message: 'The agent said nothing, so the output `reply` is empty.',
    'tool-result': "The session lists neither the result of the agent's last tool call nor a message after it, so the output `reply` may not be its final message.",
};
async function waitForAgent(before, sent, timeIsUp, conversation, context) {
    const { listener, stop } = context;
    const follower = new Follower(conversation, before, sent, context);
    const seen = () => {
        const { ours, usageBefore } = follower.view();
        return { ours, prompt: sent, usageBefore: usageBefore ?? before.usage };
    };
    try {
        const ending = await follower.follow(timeIsUp, stop.startNothingNew);
        const { lack } = follower.view();
        const isDone = ending.kind === 'idle' && isOrdinary(ending);
        if (isDone && lack !== undefined && sent !== undefined)
            listener.warning(LACKING[lack]);
        return await conclude({ ...seen(), ending }, conversation, context);
    }
    catch (error) {
        const turn = await readTurn(lastSource(conversation, context), { ...seen(), ending: undefined });
        return { ending: undefined, interruption: undefined, turn, error };
    }
}
async function conclude(events, conversation, context) {
    const { ending } = events;
    const goesOn = ending?.kind === 'no-repository' && !ending.isIdle && conversation.prompt !== undefined;
    const interruption = goesOn ? await interrupt(conversation.sessionId, context.client) : undefined;
    const turn = await readTurn(lastSource(conversation, context), events);
    return { ending, turn, interruption, error: undefined };
}
async function interrupt(sessionId, client) {
    try {
        await (0,sessions/* interruptSession */.qo)(client, sessionId);
        return 'done';
    }
    catch (error) {
        if (error instanceof errors/* ApiError */.hD)
            return error;
        throw error;
    }
}
const wait_for_agent_LAST_LOOK_MS = 15_000;
function lastSource({ sessionId }, { client, stop }) {
    return { client, sessionId, signal: AbortSignal.any([stop.startNothingNew, AbortSignal.timeout(wait_for_agent_LAST_LOOK_MS)]) };
}

;// CONCATENATED MODULE: ./src/converse/converse.js











const NO_WAIT = { ending: undefined, turn: undefined, interruption: undefined, error: undefined };
const NO_EVENTS = { ours: [], prompt: undefined, usageBefore: undefined, ending: undefined };
async function converse(conversation, context) {
    const { prompt, waitSeconds } = conversation;
    try {
        if (prompt === undefined)
            return await waitForOthers(conversation, context);
        const before = await readIfShared(conversation, context, { signal: context.stop.startNothingNew });
        const ready = await makeRoom(before, conversation, context);
        const sent = await sendWithContext(prompt, ready, conversation, context);
        if (waitSeconds === undefined)
            return NO_WAIT;
        return await waitForAgent(ready, sent, AbortSignal.timeout(waitSeconds * 1000), conversation, context);
    }
    catch (error) {
        if (waitSeconds === undefined)
            return { ...NO_WAIT, error };
        return { ...NO_WAIT, turn: await readTurn(lastSource(conversation, context), NO_EVENTS), error };
    }
}
async function waitForOthers(conversation, context) {
    const { waitSeconds = 0, toolPolicy } = conversation;
    const timeIsUp = AbortSignal.timeout(waitSeconds * 1000);
    const cancelled = context.stop.startNothingNew;
    const signal = AbortSignal.any([timeIsUp, cancelled]);
    try {
        const read = () => readIfShared(conversation, context, { signal, repeat: 'by-caller' });
        const before = await persist(read, { signal, delayMs: paceAfter(0), log: context.log });
        const goesOn = (await raiseIfAsked(before, conversation, context)) && before.isPaused;
        const isAnswerable = answersOf(openAsks(before.events), toolPolicy)?.length;
        if (!before.isIdle || goesOn || isAnswerable) {
            return await waitForAgent(before, undefined, timeIsUp, conversation, context);
        }
        return await conclude({ ...NO_EVENTS, usageBefore: before.usage, ending: { kind: 'was-idle', ...before.stopped } }, conversation, context);
    }
    catch (error) {
        if (!timeIsUp.aborted || cancelled.aborted)
            throw error;
        return await conclude({ ...NO_EVENTS, ending: { kind: 'timed-out' } }, conversation, context);
    }
}
async function makeRoom(before, conversation, context) {
    if (!(await raiseIfAsked(before, conversation, context)) || !before.isPaused)
        return before;
    await interruptResumed(conversation.sessionId, before, context);
    const { usage } = before;
    return { ...(await readIfShared(conversation, context, { signal: context.stop.startNothingNew })), usage };
}
async function raiseIfAsked(before, { budgetCents, sessionId, applied }, context) {
    if (budgetCents === undefined || applied.sessionCreated)
        return false;
    await raiseBudget(sessionId, budgetCents, before, context);
    return true;
}
async function readIfShared({ isShared, sessionId }, { client }, options) {
    return isShared ? readBefore({ client, sessionId, options }) : NEW_SESSION;
}
async function sendWithContext(prompt, before, conversation, context) {
    const { sessionId, applied } = conversation;
    const promptContext = { ...context, sessionId, before };
    const sent = applied.opening === undefined
        ? await sendPrompt((0,mount_context/* withContext */.e)(prompt, await contextOf(conversation, context.client)), promptContext)
        : await confirmOpening(applied.opening, promptContext);
    context.log(before.isIdle ? `Sent the prompt to session ${sessionId}` : `Session ${sessionId} is running; the prompt is queued`);
    return sent;
}
async function contextOf(conversation, client) {
    const { applied, memoryStoreIds, unpackCommand, sessionId } = conversation;
    if (!conversation.mountContext)
        return undefined;
    const resources = memoryStoreIds.length === 0 ? [] : await (0,api_resources/* listResources */.U2)(client, sessionId);
    const memoryStorePaths = resources.flatMap(({ memory_store_id, mount_path }) => memory_store_id !== undefined && memoryStoreIds.includes(memory_store_id) ? (mount_path ?? []) : []);
    return { applied, memoryStorePaths, unpackCommand };
}


/***/ })

};
