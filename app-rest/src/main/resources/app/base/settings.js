import { Store } from './store.js';

/**
 * What somebody has chosen in this browser. It is all that the page keeps there.
 *
 * @typedef {object} Choices
 * @property {'' | 'zh' | 'en'} language empty if the browser decides
 * @property {'system' | 'light' | 'dark'} theme
 * @property {'system' | 'off'} motion
 * @property {'on' | 'off'} keys whether single letters do something
 * @property {string} format in which links are copied
 * @property {string} size of which picture links are copied
 * @property {string} template of the format that one writes oneself
 */

const KEY = 'imagehost';

/** @type {Choices} */
const DEFAULTS = {
    language: '',
    theme: 'system',
    motion: 'system',
    keys: 'on',
    format: 'url',
    size: 'original',
    template: '![{name}]({url})',
};

class Settings extends Store {
    /** @type {Choices} */
    #choices = { ...DEFAULTS, ...stored() };

    /**
     * @template {keyof Choices} K
     * @param {K} name
     * @returns {Choices[K]}
     */
    get(name) {
        return this.#choices[name];
    }

    /**
     * @template {keyof Choices} K
     * @param {K} name
     * @param {Choices[K]} value
     */
    set(name, value) {
        this.#choices[name] = value;
        try {
            localStorage.setItem(KEY, JSON.stringify(this.#choices));
        } catch {
            // a browser that keeps nothing still does as it is told until the page is closed
        }
        this.changed();
    }
}

/** @returns {Partial<Choices>} */
function stored() {
    try {
        const found = JSON.parse(localStorage.getItem(KEY) ?? '{}');
        const known = Object.entries(found).filter(
            ([name, value]) => name in DEFAULTS && typeof value === 'string',
        );
        return Object.fromEntries(known);
    } catch {
        return {};
    }
}

export const settings = new Settings();
