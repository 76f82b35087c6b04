import { Store } from '../base/store.js';
import { hasText, language, t } from '../i18n/i18n.js';

/** The page is one level below the service, whatever comes before. */
export const SERVICE = new URL('../', globalThis.location?.href ?? 'http://localhost/app/');

const PATIENCE_MS = 30_000;

/**
 * What went wrong. The message is the service's own sentence, in the language that was asked for; it is empty if the
 * service has said nothing.
 */
export class ApiError extends Error {
    /**
     * @param {number} status 0 if no answer came
     * @param {string} code stable, as in openapi.json; `unreachable` if no answer came, `old_page` if the page is
     *     older than the service, and `not_understood` if something else than the service has answered
     * @param {string} message
     * @param {number} retryAfter seconds; 0 if the service has not said
     */
    constructor(status, code, message = '', retryAfter = 0) {
        super(message);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** Whether the same may work later without anybody doing something. */
    get isTemporary() {
        return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
    }
}

/** What is known of how many requests the service still takes. */
class Allowance extends Store {
    /** @type {number} requests that are left now; Infinity if nobody counts */
    remaining = Infinity;
}

export const allowance = new Allowance();

/** Tells `login` when the service wants to know who asks, and `old` when the page is older than the service. */
export const doors = new EventTarget();

/**
 * Asks the service.
 *
 * @template T
 * @param {string} method
 * @param {string} path below the service, such as `api/images`
 * @param {{ json?: unknown, signal?: AbortSignal, keepalive?: boolean, quiet?: boolean }} [options] `quiet` if nobody
 *     is to be asked for a login
 * @returns {Promise<T>} the data of the answer
 * @throws {ApiError} if it answers with an error, or not at all
 */
export async function call(method, path, options = {}) {
    const response = await answer(method, path, options);
    const body = await response.json().catch(() => null);
    return understand(response.status, body, (name) => response.headers.get(name), options.quiet);
}

/**
 * Asks the service for a text, such as the settings of a program.
 *
 * @param {string} path
 * @param {string} [token] as whose bearer, in place of the session
 * @throws {ApiError} if it answers with an error, or not at all
 */
export async function text(path, token) {
    const response = await answer('GET', path, { token });
    if (!response.ok) {
        const body = await response.json().catch(() => null);
        understand(response.status, body, (name) => response.headers.get(name));
    }
    return response.text();
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{ json?: unknown, signal?: AbortSignal, keepalive?: boolean, token?: string }} options
 */
async function answer(method, path, { json, signal, keepalive, token }) {
    const limit = AbortSignal.timeout(PATIENCE_MS);
    try {
        return await fetch(new URL(path, SERVICE), {
            method,
            keepalive: keepalive ?? false,
            credentials: token === undefined ? 'same-origin' : 'omit',
            cache: 'no-store',
            headers: {
                'Accept-Language': language.tag,
                ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
                ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
            },
            body: json === undefined ? null : JSON.stringify(json),
            signal: signal ? AbortSignal.any([signal, limit]) : limit,
        });
    } catch {
        signal?.throwIfAborted();
        throw new ApiError(0, 'unreachable');
    }
}

/**
 * Uploads a form. The old way of asking, since it alone tells how far an upload is.
 *
 * @template T
 * @param {string} path
 * @param {FormData} form
 * @param {{ signal: AbortSignal, digest?: string, onProgress: (share: number) => void }} options the digest is
 *     the SHA-256 in Base64 of the only file
 * @returns {Promise<T>} the data of the answer
 */
export function upload(path, form, { signal, digest, onProgress }) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        const leave = () => request.abort();
        signal.addEventListener('abort', leave);
        request.open('POST', new URL(path, SERVICE));
        request.setRequestHeader('Accept-Language', language.tag);
        if (digest) {
            request.setRequestHeader('Repr-Digest', `sha-256=:${digest}:`);
        }
        request.upload.onprogress = (event) => onProgress(event.total ? event.loaded / event.total : 0);
        request.onloadend = () => {
            signal.removeEventListener('abort', leave);
            try {
                signal.throwIfAborted();
                if (request.status === 0) {
                    throw new ApiError(0, 'unreachable');
                }
                resolve(understand(request.status, parsed(request.responseText), (name) =>
                    request.getResponseHeader(name)));
            } catch (error) {
                reject(error);
            }
        };
        request.send(form);
    });
}

/** @param {string} text */
function parsed(text) {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}

/**
 * @param {number} status
 * @param {any} body
 * @param {(name: string) => string | null} header
 * @param {boolean} [quiet]
 */
function understand(status, body, header, quiet = false) {
    const remaining = header('RateLimit-Remaining');
    if (remaining !== null) {
        allowance.remaining = Number(remaining);
    }
    if (status < 300 && body?.success === true) {
        return body.data;
    }
    if (typeof body?.code !== 'string') {
        throw new ApiError(status, 'not_understood');
    }
    const error = new ApiError(status, body.code, String(body.message ?? ''), seconds(header('Retry-After')));
    if (status === 401 && !quiet) {
        doors.dispatchEvent(new Event('login'));
    }
    throw Object.assign(error, { data: body.data });
}

/** @param {string | null} value */
function seconds(value) {
    const given = Number(value);
    return Number.isFinite(given) ? given : 0;
}

/** Whether the service is well, which nobody is asked for a login for. */
export async function isWell() {
    try {
        const response = await fetch(new URL('health', SERVICE), {
            cache: 'no-store',
            signal: AbortSignal.timeout(5_000),
        });
        return response.ok;
    } catch {
        return false;
    }
}

/**
 * Loads a part of the page. The service has no other build of the page than its own, so that a part which is gone tells
 * that the page is old.
 *
 * @template T
 * @param {() => Promise<T>} part
 * @returns {Promise<T>}
 * @throws {ApiError} if it does not come
 */
export async function load(part) {
    try {
        return await part();
    } catch (error) {
        const isOld = error instanceof TypeError && (await isWell());
        if (isOld) {
            doors.dispatchEvent(new Event('old'));
        }
        throw error instanceof TypeError ? new ApiError(0, isOld ? 'old_page' : 'unreachable') : error;
    }
}

/**
 * What went wrong, in the language of the page. The service's own sentence is only shown if the page knows none, since
 * it stays in the language in which it came.
 *
 * @param {{ code: string, message: string }} error
 */
export function explain({ code, message }) {
    const key = `error.${code}`;
    return hasText(key) ? t(key) : message || t('error.failed');
}

/** What somebody can do about it; empty if the page knows nothing. @param {string} code */
export function advice(code) {
    const key = `advice.${code}`;
    return hasText(key) ? t(key) : '';
}
