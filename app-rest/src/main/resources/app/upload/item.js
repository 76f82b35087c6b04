/** @import { Filing, Uploaded } from '../api/types.js' */

/**
 * How far a file is: its digest is not known yet, it waits for its turn, it is on its way, it waits for a file with the
 * same bytes, or it needs nothing any more.
 *
 * @typedef {'new' | 'ready' | 'sending' | 'twin' | 'done' | 'failed' | 'cancelled'} State
 */

/**
 * One row of the queue: a file, or a link to a picture elsewhere.
 *
 * @typedef {object} Item
 * @property {number} key tells rows apart, whatever the files are called
 * @property {string} name
 * @property {number} size in bytes; 0 of a link
 * @property {File | null} file
 * @property {string} link empty of a file
 * @property {State} state
 * @property {{ hex: string, base64: string } | null} digest null until it is known, and if it can't be
 * @property {boolean} wasChecked whether the service was asked for the digest
 * @property {number} progress from 0 to 1
 * @property {number} startedAt when it was sent, in milliseconds
 * @property {number} attempts that failed through no fault of the file's
 * @property {AbortController} control ends what is under way
 * @property {Item[]} twins files with the same bytes that wait for this one
 * @property {Filing} filing where it is put
 * @property {Uploaded | null} picture what it has become; while it is under way, what is there already and only has to be
 *     put where it belongs
 * @property {'new' | 'known' | 'twin'} origin how: stored now, there before, or the same as another file of the queue
 * @property {{ code: string, message: string }} error why it failed
 */

/** Where nobody has said anything. @type {Filing} */
export const NOWHERE = { album: null, tags: [], visibility: '', expiresIn: '' };

/** @param {number} key @param {File | string} source @param {Filing} filing @returns {Item} */
export function newItem(key, source, filing) {
    const isLink = typeof source === 'string';
    return {
        key,
        name: isLink ? source : source.name,
        size: isLink ? 0 : source.size,
        file: isLink ? null : source,
        link: isLink ? source : '',
        state: 'new',
        digest: null,
        wasChecked: false,
        progress: 0,
        startedAt: 0,
        attempts: 0,
        control: new AbortController(),
        twins: [],
        filing,
        picture: null,
        origin: 'new',
        error: { code: '', message: '' },
    };
}

/** Whether a picture that is there already has to be put somewhere. @param {Filing} filing */
export function isFiled({ album, tags }) {
    return album !== null || tags.length > 0;
}

/** Whether two files go to the same place. @param {Filing} one @param {Filing} other */
export function isAlike(one, other) {
    return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Whether something still has to happen. @param {Item} item */
export function isUnderWay({ state }) {
    return state === 'new' || state === 'ready' || state === 'sending' || state === 'twin';
}
