import { call } from './client.js';
import { get } from './images.js';

/** @import { Album, Changed, Moved, Picture, Tag } from './types.js' */

/** How many pictures one request may name. */
export const MOST_FILED = 1_000;
export const MOST_CHANGED = 100;
/** How many tags one answer may hold, and how many of them are asked for. */
const TAGS = 1_000;
const MOST_TAG_PAGES = 10;

/** @returns {Promise<Album[]>} in the order of their names */
export async function listAlbums() {
    return (await call('GET', 'api/albums')).albums;
}

/** @param {{ name: string }} settings and what else is to be said @returns {Promise<Album>} */
export function addAlbum(settings) {
    return call('POST', 'api/albums', { json: settings });
}

/** @param {number} id @param {object} settings what is not named stays @returns {Promise<Album>} */
export function changeAlbum(id, settings) {
    return call('PATCH', `api/albums/${id}`, { json: settings });
}

/** Its pictures stay. @param {number} id @returns {Promise<void>} */
export function deleteAlbum(id) {
    return call('DELETE', `api/albums/${id}`);
}

/**
 * The picture that stands for an album: its cover, or the newest one.
 *
 * @param {Album} album
 * @returns {Promise<Picture | null>} null if there is none
 */
export async function coverOf({ id, cover, images }) {
    if (cover !== null) {
        return get(cover);
    }
    return images === 0 ? null : (await call('GET', `api/images?album=${id}&limit=1`)).images[0] ?? null;
}

/**
 * Puts pictures into an album, or moves them in it.
 *
 * @param {number} id
 * @param {number[]} ids at most 1000, in their order
 * @param {{ to?: 'start' | 'end', signal?: AbortSignal }} [options] `to` moves those that are there already
 * @returns {Promise<Moved>}
 */
export function putInto(id, ids, { to, signal } = {}) {
    return call('PUT', `api/albums/${id}/images`, { json: { ids, ...(to ? { to } : {}) }, signal });
}

/** @param {number} id @param {number[]} ids at most 1000 @param {AbortSignal} [signal] @returns {Promise<Moved>} */
export function takeOut(id, ids, signal) {
    return call('DELETE', `api/albums/${id}/images`, { json: { ids }, signal });
}

/** @param {number[]} ids at most 100 @param {object} what @param {AbortSignal} [signal] @returns {Promise<Changed>} */
export function changeMany(ids, what, signal) {
    return call('PATCH', 'api/images', { json: { ids, ...what }, signal });
}

/** @returns {Promise<Tag[]>} all tags, or as many as anybody looks through, in their order */
export async function listTags() {
    /** @type {Tag[]} */
    const all = [];
    for (let page = 0; page < MOST_TAG_PAGES; page++) {
        const after = all.at(-1);
        const parameters = new URLSearchParams({ limit: String(TAGS), ...(after ? { after: after.tag } : {}) });
        const { tags } = await call('GET', `api/tags?${parameters}`);
        all.push(...tags);
        if (tags.length < TAGS) {
            break;
        }
    }
    return all;
}
