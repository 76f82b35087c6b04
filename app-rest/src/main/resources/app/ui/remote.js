import { html } from '../lib/lit/lit-html.js';
import { explain } from '../api/client.js';
import { Store } from '../base/store.js';
import { t } from '../i18n/i18n.js';
import { toasts } from './toast.js';
import { failure } from './view.js';

/**
 * What a page shows of the service: not there yet, there, or not to be had.
 *
 * @template T
 */
export class Remote extends Store {
    /** @type {T | null} */
    value = null;
    /** @type {any} */
    error = null;

    /** @param {() => Promise<T>} get */
    constructor(get) {
        super();
        this.get = get;
        void this.load();
    }

    /** Asks anew; what is there stays until the answer comes. */
    async load() {
        try {
            this.value = await this.get();
            this.error = null;
        } catch (error) {
            this.error = error;
        }
        this.changed();
    }

    /**
     * Changes something, and shows what has become of it.
     *
     * @template R
     * @param {() => Promise<R>} action
     * @returns {Promise<R | null>} null if it failed, which is told
     */
    async act(action) {
        try {
            const result = await action();
            await this.load();
            return result;
        } catch (error) {
            toasts.add('failedWith', { why: explain(/** @type {any} */ (error)) }, { isAlarming: true, life: 8_000 });
            return null;
        }
    }

    /** @param {(value: T) => unknown} template of what is there */
    show(template) {
        if (this.value !== null) {
            return template(this.value);
        }
        return this.error === null ? html`<p class="waiting-for">${t('loading')} …</p>`
            : failure(this.error, () => this.load());
    }
}
