import { html, render } from '../lib/lit/lit-html.js';
import { language, t } from '../i18n/i18n.js';

/** @import { Store } from '../base/store.js' */

/** @typedef {{ element: HTMLDialogElement, close: () => void, draw: () => void }} Dialog */

/**
 * Opens a dialog. The browser keeps the focus in it, closes it at Esc, and gives the focus back.
 *
 * @param {(close: () => void) => unknown} template
 * @param {{ className: string, label: string, stores?: Store[], onClose?: () => void, fillsWindow?: boolean }} options
 * @returns {Dialog}
 */
export function openDialog(template, { className, label, stores = [], onClose, fillsWindow = false }) {
    const element = document.createElement('dialog');
    element.className = className;
    element.setAttribute('aria-label', label);
    const close = () => element.close();
    const draw = () => render(template(close), element);
    const all = [...stores, language];
    all.forEach((store) => store.addEventListener('change', draw));
    element.addEventListener('close', () => {
        all.forEach((store) => store.removeEventListener('change', draw));
        // not with the dialog
        keepMessagesOnTop();
        element.remove();
        onClose?.();
    });
    element.addEventListener('click', (event) => {
        if (event.target === element && !fillsWindow) {
            close();
        }
    });
    document.body.append(element);
    draw();
    element.showModal();
    keepMessagesOnTop();
    return { element, close, draw };
}

/** Only what is in the dialog on top can be seen and used. */
function keepMessagesOnTop() {
    const messages = document.getElementById('toasts');
    const open = [...document.querySelectorAll('dialog[open]')];
    if (messages) {
        (open.at(-1) ?? document.body).append(messages);
    }
}

/**
 * Asks a question with two answers.
 *
 * @param {{ title: string, text: string, yes: string, isDangerous?: boolean }} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, text, yes, isDangerous = false }) {
    return new Promise((resolve) => {
        let answer = false;
        const agree = (/** @type {() => void} */ close) => {
            answer = true;
            close();
        };
        openDialog(
            (close) => html`
                <h2>${title}</h2>
                <p>${text}</p>
                <div class="buttons">
                    <button @click=${close}>${t('cancel')}</button>
                    <button class=${isDangerous ? 'danger' : 'primary'} @click=${() => agree(close)}>${yes}</button>
                </div>`,
            { className: 'question', label: title, onClose: () => resolve(answer) },
        );
    });
}
