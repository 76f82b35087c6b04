/** @import { Share } from '../api/types.js' */
/** @typedef {'images' | 'bytes'} Measure */

/** More bars than that are too thin for phones. */
const MOST_MONTHS = 36;
/** Fewer bars are so wide that nobody takes them for some. */
const FEWEST_MONTHS = 12;

/**
 * The months from the first to the last, those without anything among them; a year at least, and of many only the last.
 *
 * @param {Share[]} months the earliest first, such as 2026-11
 * @param {string} now the month that is the last at least
 * @returns {Share[]}
 */
export function withoutGaps(months, now) {
    const known = new Map(months.map((share) => [share.name, share]));
    const first = numberOf(months[0]?.name ?? now);
    const last = Math.max(numberOf(now), numberOf(months.at(-1)?.name ?? now));
    const count = Math.min(MOST_MONTHS, Math.max(FEWEST_MONTHS, last - first + 1));
    return Array.from({ length: count }, (_, index) => nameOf(last - count + 1 + index))
        .map((name) => known.get(name) ?? { name, images: 0, bytes: 0 });
}

/** @param {string} month */
function numberOf(month) {
    const [year, ofYear] = month.split('-').map(Number);
    return year * 12 + ofYear - 1;
}

/** @param {number} number */
function nameOf(number) {
    return `${Math.floor(number / 12)}-${String(number % 12 + 1).padStart(2, '0')}`;
}

/**
 * The largest shares, in their order, and what all others are together.
 *
 * @template {Share} T
 * @param {T[]} shares
 * @param {Measure} measure
 * @param {number} most
 * @returns {{ shown: T[], rest: { count: number, images: number, bytes: number } }}
 */
export function largest(shares, measure, most) {
    const ordered = shares.toSorted((a, b) => b[measure] - a[measure]);
    const others = ordered.slice(most);
    const sum = (/** @type {Measure} */ of) => others.reduce((all, share) => all + share[of], 0);
    return { shown: ordered.slice(0, most), rest: { count: others.length, images: sum('images'), bytes: sum('bytes') } };
}
