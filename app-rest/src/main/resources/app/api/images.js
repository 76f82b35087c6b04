import { call, SERVICE, upload } from './client.js';

/** @import { Album, AlbumPage, Checked, Deleted, Filing, Page, Picture, SeveralUploaded } from './types.js' */
/** @import { SignedLink, Uploaded } from './types.js' */

/**
 * Which pictures, and in which order.
 *
 * @typedef {object} Query
 * @property {string} search text in the name, or a digest, filename or link
 * @property {Sort} sort
 * @property {string} type empty for any
 * @property {string} visibility `public` or `private`; empty for any
 * @property {string} from a day such as 2026-01-31; empty for any
 * @property {string} to the last day; empty for any
 * @property {string} album its id, or its name; empty for any
 * @property {string} tag empty for any
 */

/** @typedef {'newest' | 'oldest' | 'name' | 'largest' | 'album'} Sort `album`: as the album is, which is shown as a whole */

/** @type {Record<Exclude<Sort, 'album'>, [string, string]>} */
const ORDERS = {
    newest: ['upload_time', 'DESC'],
    oldest: ['upload_time', 'ASC'],
    name: ['original_name', 'ASC'],
    largest: ['file_size', 'DESC'],
};

/** How many rows one answer may hold. */
const PAGE = 100;

/**
 * @param {Query} query
 * @param {string | null} cursor of the page before
 * @param {AbortSignal} signal
 * @returns {Promise<Page>}
 */
export function list(query, cursor, signal) {
    if (query.sort === 'album') {
        return listAlbum(query.album, cursor, signal);
    }
    const [sortBy, sortOrder] = ORDERS[query.sort];
    const parameters = new URLSearchParams({ limit: String(PAGE), sortBy, sortOrder });
    for (const [name, value] of Object.entries({
        search: query.search,
        mimeType: query.type,
        visibility: query.visibility,
        uploadedFrom: query.from && midnight(query.from, 0),
        uploadedBefore: query.to && midnight(query.to, 1),
        album: query.album,
        tag: query.tag,
        cursor: cursor ?? '',
    })) {
        if (value) {
            parameters.set(name, value);
        }
    }
    return call('GET', `api/images?${parameters}`, { signal });
}

/** @param {string} id @param {string | null} cursor @param {AbortSignal} signal @returns {Promise<Page>} */
async function listAlbum(id, cursor, signal) {
    const parameters = new URLSearchParams({ limit: String(PAGE), ...(cursor ? { cursor } : {}) });
    /** @type {[Album | undefined, AlbumPage]} */
    const [album, { images, nextCursor }] = await Promise.all([
        cursor ? undefined : call('GET', `api/albums/${id}`, { signal }),
        call('GET', `api/albums/${id}/images?${parameters}`, { signal }),
    ]);
    return { images, album, pagination: { totalItems: album?.images ?? null, nextCursor, totalIsEstimate: false } };
}

/** When a day begins here, or another so many days later. @param {string} day @param {number} later */
function midnight(day, later) {
    const date = new Date(`${day}T00:00:00`);
    date.setDate(date.getDate() + later);
    return date.toISOString();
}

/** Whether the bytes of a picture are there, as far as the service knows. @param {{ filename: string }} picture */
export async function isThere(picture) {
    try {
        // what the browser has kept may lead to a store
        return (await fetch(address(picture), { method: 'HEAD', cache: 'no-store' })).status !== 404;
    } catch {
        return true;
    }
}

/** @param {number} id @returns {Promise<Picture>} */
export function get(id) {
    return call('GET', `api/images/${id}`);
}

/** @param {number} id @param {object} change what is not named stays @returns {Promise<Picture>} */
export function change(id, change) {
    return call('PATCH', `api/images/${id}`, { json: change });
}

/** @param {number[]} ids at most 100 @param {boolean} keepalive whether it goes on without the page @returns {Promise<Deleted>} */
export function remove(ids, keepalive = false) {
    return call('DELETE', 'api/images', { json: { ids }, keepalive });
}

/** @param {number} id @param {string} expiresIn such as 7d @returns {Promise<SignedLink>} */
export function signLink(id, expiresIn) {
    return call('POST', `api/images/${id}/links`, { json: { expiresIn } });
}

/** @param {number} id @returns {Promise<Picture>} */
export function takeLinksBack(id) {
    return call('DELETE', `api/images/${id}/links`);
}

/** @param {string[]} digests at most 1000 @param {AbortSignal} signal @returns {Promise<Checked>} */
export function check(digests, signal) {
    return call('POST', 'api/upload/check', { json: { digests }, signal, quiet: true });
}

/**
 * @param {File} file
 * @param {{ signal: AbortSignal, filing: Filing, digest?: string, onProgress: (share: number) => void }} options
 * @returns {Promise<Uploaded>}
 */
export function uploadOne(file, options) {
    const form = formOf(options.filing);
    form.append('image', file, file.name);
    return upload('api/upload', form, options);
}

/**
 * @param {File[]} files at most ten
 * @param {{ signal: AbortSignal, filing: Filing, onProgress: (share: number) => void }} options
 * @returns {Promise<SeveralUploaded>}
 */
export function uploadSeveral(files, options) {
    const form = formOf(options.filing);
    files.forEach((file) => form.append('images', file, file.name));
    return upload('api/upload/multiple', form, options);
}

/** @param {string} url @param {{ signal: AbortSignal, filing: Filing }} options @returns {Promise<Uploaded>} */
export function uploadLink(url, { signal, filing }) {
    return call('POST', 'api/upload/url', { json: { url, ...fieldsOf(filing) }, signal });
}

/** A form that says where its files are put. @param {Filing} filing */
function formOf(filing) {
    const form = new FormData();
    Object.entries(fieldsOf(filing)).forEach(([name, value]) => form.append(name, value));
    return form;
}

/** @param {Filing} filing @returns {Record<string, string>} */
function fieldsOf({ album, tags, visibility, expiresIn }) {
    const all = { album: album ? String(album.id) : '', tags: tags.join(','), visibility, expiresIn };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/**
 * Where a picture is for this page. Its `url` is for others, and may be another host's.
 *
 * @param {{ filename: string }} picture
 * @param {string} [variant] such as `/thumb` or `?w=1280`
 */
export function address(picture, variant = '') {
    return new URL(`i/${encodeURIComponent(picture.filename)}${variant}`, SERVICE).href;
}
