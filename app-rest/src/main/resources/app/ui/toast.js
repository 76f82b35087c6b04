import { html } from '../lib/lit/lit-html.js';
import { repeat } from '../lib/lit/directives/repeat.js';
import { Store } from '../base/store.js';
import { t } from '../i18n/i18n.js';
import { icon } from './icons.js';

/** @import { Key, Values } from '../i18n/i18n.js' */

/**
 * @typedef {object} Toast
 * @property {number} number
 * @property {Key} key
 * @property {Values} values
 * @property {number} until when it goes, in milliseconds
 * @property {boolean} isAlarming
 * @property {{ key: Key, run: () => void }} [action]
 */

const LIFE_MS = 4_000;
const TICK_MS = 1_000;

/** Short messages at the edge, which go by themselves. Nothing is only there. */
class Toasts extends Store {
    /** @type {Toast[]} */
    all = [];
    #count = 0;
    #timer = 0;

    /**
     * @param {Key} key
     * @param {Values} [values]
     * @param {{ isAlarming?: boolean, life?: number, action?: Toast['action'] }} [options] life in milliseconds
     * @returns {() => void} takes it away
     */
    add(key, values = {}, { isAlarming = false, life = LIFE_MS, action } = {}) {
        const number = ++this.#count;
        this.all.push({ number, key, values, isAlarming, until: Date.now() + life, action });
        this.changed();
        this.#timer ||= setInterval(() => this.#tick(), TICK_MS);
        return () => this.remove(number);
    }

    /** @param {number} number */
    remove(number) {
        this.all = this.all.filter((toast) => toast.number !== number);
        this.changed();
    }

    /** Those with an action count down. */
    #tick() {
        this.all = this.all.filter((toast) => toast.until > Date.now());
        if (this.all.length === 0) {
            clearInterval(this.#timer);
            this.#timer = 0;
        }
        this.changed();
    }
}

export const toasts = new Toasts();

/** All toasts, in a region that is read out. */
export function toastRegion() {
    return html`<div class="toasts" role="status">
        ${repeat(toasts.all, (toast) => toast.number, (toast) => html`
            <div class="toast ${toast.isAlarming ? 'alarming' : ''}">
                <span>${t(toast.key, toast.values)}</span>
                ${toast.action ? html`<button class="link" @click=${toast.action.run}>
                    ${t(toast.action.key)}
                    <span class="count" aria-hidden="true">${Math.ceil((toast.until - Date.now()) / TICK_MS)}</span>
                </button>` : ''}
                <button class="quiet icon-only" aria-label=${t('close')} @click=${() => toasts.remove(toast.number)}>
                    ${icon('close')}</button>
            </div>`)}
    </div>`;
}
