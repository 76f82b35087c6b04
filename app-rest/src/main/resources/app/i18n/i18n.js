import { settings } from '../base/settings.js';
import { Store } from '../base/store.js';

/** @typedef {keyof typeof import('./en.js').texts} Key */
/** @typedef {string | { one: string, other: string }} Message a text, or one for each number that grammar knows */
/** @typedef {{ [name: string]: string | number }} Values */

/** As BCP 47 writes them. */
const TAGS = { zh: 'zh-CN', en: 'en' };

/** The language of all texts. Whoever shows texts draws them anew when it changes. */
class Language extends Store {
    /** @returns {'zh' | 'en'} */
    get name() {
        return settings.get('language') || preferred();
    }

    /** For `lang` and `Accept-Language`. */
    get tag() {
        return TAGS[this.name];
    }

    /** @param {'zh' | 'en'} name */
    async choose(name) {
        texts = await load(name);
        settings.set('language', name);
        this.changed();
    }
}

/** @returns {'zh' | 'en'} the first of the browser's languages that the page speaks; Chinese as the service if none */
function preferred() {
    const languages = globalThis.navigator?.languages ?? [];
    const known = languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((name) => name in TAGS);
    return known === 'en' ? 'en' : 'zh';
}

/** @param {'zh' | 'en'} name @returns {Promise<Record<Key, Message>>} */
async function load(name) {
    return (await (name === 'en' ? import('./en.js') : import('./zh.js'))).texts;
}

export const language = new Language();

// the page itself names this module, so that the texts come while all else is still on its way
let texts = await load(language.name);

/**
 * The text for a key. `{n}` is how many; it also chooses between one and more.
 *
 * @param {Key} key
 * @param {Values} [values] what stands in place of `{name}`; numbers are written as the language does
 */
export function t(key, values = {}) {
    return fill(choose(texts[key], values.n), values);
}

/** @param {Message} message @param {string | number | undefined} n */
function choose(message, n) {
    if (typeof message === 'string') {
        return message;
    }
    const one = new Intl.PluralRules(language.tag).select(Number(n)) === 'one';
    return one ? message.one : message.other;
}

/** @param {string} text @param {Values} values */
function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
        const value = values[name];
        return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
    });
}

/** Whether there is a text. @param {string} key @returns {key is Key} */
export function hasText(key) {
    return Object.hasOwn(texts, key);
}

/** @param {number} value */
export function number(value) {
    return new Intl.NumberFormat(language.tag).format(value);
}

/** Bytes as people write them. @param {number} bytes */
export function size(bytes) {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
    const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024))));
    return new Intl.NumberFormat(language.tag, {
        style: 'unit',
        unit: units[step],
        unitDisplay: step === 0 ? 'narrow' : 'short',
        maximumFractionDigits: step < 2 ? 0 : 1,
    }).format(bytes / 1024 ** step);
}

/** @param {number} share between 0 and 1 */
export function percent(share) {
    return new Intl.NumberFormat(language.tag, { style: 'percent' }).format(share);
}

/** A day and its time. @param {string} iso */
export function dateTime(iso) {
    return new Intl.DateTimeFormat(language.tag, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/** A span of time in its largest unit. @param {number} seconds */
export function span(seconds) {
    /** @type {[number, string][]} */
    const units = [[86_400, 'day'], [3_600, 'hour'], [60, 'minute']];
    const [length, unit] = units.find(([length]) => seconds >= length) ?? [1, 'second'];
    return new Intl.NumberFormat(language.tag, { style: 'unit', unit, unitDisplay: 'long' })
        .format(Math.ceil(seconds / length));
}
