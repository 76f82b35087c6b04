import { chunks } from '../filing/work.js';

/** How many pictures one request may name. */
const MOST = 1_000;

/**
 * The order after some pictures have been moved in front of another; among themselves they keep their order.
 *
 * @param {number[]} ids
 * @param {number[]} moving
 * @param {number | null} before null for the end
 */
export function arranged(ids, moving, before) {
    const wanted = new Set(moving);
    const moved = ids.filter((id) => wanted.has(id));
    const rest = ids.filter((id) => !wanted.has(id));
    const place = before === null ? rest.length : Math.max(0, rest.indexOf(before));
    return [...rest.slice(0, place), ...moved, ...rest.slice(place)];
}

/**
 * In front of which picture some come that are moved by one place.
 *
 * @param {number[]} ids
 * @param {number[]} moving
 * @param {1 | -1} step
 * @returns {number | null | undefined} null for the end; undefined if they are there already
 */
export function stepped(ids, moving, step) {
    const wanted = new Set(moving);
    const places = ids.flatMap((id, place) => (wanted.has(id) ? [place] : []));
    const first = places[0] ?? 0;
    const last = places.at(-1) ?? 0;
    const isTogether = last - first === places.length - 1;
    if (step < 0) {
        return first > 0 ? ids[first - 1] : isTogether ? undefined : ids.find((id) => !wanted.has(id));
    }
    return last < ids.length - 1 ? ids[last + 2] ?? null : isTogether ? undefined : null;
}

/**
 * What to tell the service, which can put pictures to the start or to the end: all up to the last that has moved go to
 * the start, or all from the first on to the end, whatever are fewer.
 *
 * @param {number[]} ids in their new order
 * @param {number[]} moving
 * @param {boolean} isComplete whether these are all there are
 * @returns {{ ids: number[], to: 'start' | 'end' }[]} one after the other
 */
export function calls(ids, moving, isComplete) {
    const wanted = new Set(moving);
    const first = ids.findIndex((id) => wanted.has(id));
    const end = ids.findLastIndex((id) => wanted.has(id)) + 1;
    if (isComplete && ids.length - first < end) {
        return chunks(ids.slice(first), MOST).map((some) => ({ ids: some, to: 'end' }));
    }
    return chunks(ids.slice(0, end), MOST).reverse().map((some) => ({ ids: some, to: 'start' }));
}
