/** @import { Tag } from '../api/types.js' */

/** How long a tag may be. */
export const LONGEST = 100;
/** How many suggestions are shown. */
const MOST_SUGGESTIONS = 8;

/** The tags that a text names, with commas between them, as the service keeps them. @param {string} text @returns {string[]} */
export function tagsIn(text) {
    const all = text.split(/[,，、]/).map((tag) => tag.trim().replace(/\s+/g, ' ').toLowerCase().slice(0, LONGEST));
    return [...new Set(all.filter((tag) => tag !== ''))];
}

/**
 * Those that somebody may mean: what begins as the text comes first, then what holds it, the most used before others.
 *
 * @param {Tag[]} all
 * @param {string} text
 * @param {string[]} chosen what is not suggested any more
 */
export function suggestions(all, text, chosen) {
    const wanted = text.trim().toLowerCase();
    return all
        .filter(({ tag }) => tag.includes(wanted) && !chosen.includes(tag))
        .sort((one, other) => Number(other.tag.startsWith(wanted)) - Number(one.tag.startsWith(wanted))
            || other.images - one.images)
        .slice(0, MOST_SUGGESTIONS);
}
