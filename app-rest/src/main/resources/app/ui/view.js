import { html, nothing, render } from '../lib/lit/lit-html.js';
import { explain } from '../api/client.js';
import { language, t } from '../i18n/i18n.js';
import { icon } from './icons.js';

/** @import { ApiError } from '../api/client.js' */
/** @import { Store } from '../base/store.js' */
/** @import { Icon } from './icons.js' */

/**
 * Shows a template now, and once a frame whenever one of the stores or the language has changed.
 *
 * @param {HTMLElement} container
 * @param {() => unknown} template
 * @param {Store[]} stores
 * @returns {() => void} shows nothing any more
 */
export function show(container, template, ...stores) {
    let frame = 0;
    const draw = () => {
        frame = 0;
        render(template(), container);
    };
    const soon = () => {
        frame ||= requestAnimationFrame(draw);
    };
    const all = [...stores, language];
    all.forEach((store) => store.addEventListener('change', soon));
    draw();
    return () => {
        cancelAnimationFrame(frame);
        all.forEach((store) => store.removeEventListener('change', soon));
        render(nothing, container);
    };
}

/**
 * What stands where there is nothing else to see: why, and what to do.
 *
 * @param {{ picture: Icon, title: string, text?: string, code?: string, actions?: unknown, isPage?: boolean }} notice
 */
export function notice({ picture, title, text, code, actions, isPage = false }) {
    return html`<div class="notice">
        <span class="notice-picture">${icon(picture)}</span>
        ${isPage ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}
        ${text ? html`<p>${text}</p>` : nothing}
        ${code ? html`<p class="code">${code}</p>` : nothing}
        ${actions ? html`<div class="buttons">${actions}</div>` : nothing}
    </div>`;
}

/** What stands in place of what the service has not answered. @param {ApiError} error @param {() => unknown} retry */
export function failure(error, retry) {
    return notice({
        picture: error.status === 403 ? 'lock' : error.status === 0 ? 'offline' : 'warning',
        title: explain(error),
        code: error.code,
        actions: html`<button class="primary" @click=${retry}>${icon('retry')}${t('retry')}</button>`,
    });
}

/**
 * A choice among a few.
 *
 * @param {{ label: string, value: string, options: [string, string][], onChange: (value: string) => void }} choice
 */
export function select({ label, value, options, onChange }) {
    return html`<select aria-label=${label} title=${label} .value=${value}
            @change=${(/** @type {{ target: HTMLSelectElement }} */ event) => onChange(event.target.value)}>
        ${options.map(([key, text]) => html`<option value=${key} ?selected=${key === value}>${text}</option>`)}
    </select>`;
}

/** Whether what somebody types goes into a field, and is no command. @param {Event} event */
export function isTyping(event) {
    const target = event.composedPath()[0];
    return target instanceof HTMLElement
        && (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])'));
}

const LONG_PRESS_MS = 450;
const STILL_PIXELS = 6;

/** A finger that stays where it is for as long as people take to mean it. */
export class LongPress {
    #timer = 0;
    #hasHappened = false;

    /** @param {PointerEvent} event @param {() => void} action */
    begin(event, action) {
        this.#hasHappened = false;
        if (event.pointerType === 'touch') {
            this.#timer = setTimeout(() => {
                this.#hasHappened = true;
                navigator.vibrate?.(10);
                action();
            }, LONG_PRESS_MS);
        }
    }

    /** A finger that moves scrolls. */
    move = (/** @type {PointerEvent} */ { movementX, movementY }) => {
        if (Math.abs(movementX) + Math.abs(movementY) > STILL_PIXELS) {
            this.end();
        }
    };

    end = () => clearTimeout(this.#timer);

    /** The browser would open a menu. */
    suppressMenu = (/** @type {Event} */ event) => {
        if (this.#hasHappened) {
            event.preventDefault();
        }
    };

    /** Whether the click that comes now is only the end of it. */
    isClickOfIt() {
        const isIt = this.#hasHappened;
        this.#hasHappened = false;
        return isIt;
    }
}
