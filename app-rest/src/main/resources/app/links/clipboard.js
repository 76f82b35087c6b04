import { html } from '../lib/lit/lit-html.js';
import { t } from '../i18n/i18n.js';
import { settings } from '../base/settings.js';
import { openDialog } from '../ui/dialog.js';
import { toasts } from '../ui/toast.js';
import { lines } from './formats.js';

/** @import { Linked } from './formats.js' */

/**
 * Copies the links of pictures as somebody wants them now, and says how many.
 *
 * @param {Linked[]} pictures
 */
export async function copyLinks(pictures) {
    const copied = lines(pictures, settings.get('format'), settings.get('size'));
    if (copied.length === 0) {
        toasts.add('copy.none', {}, { isAlarming: true });
        return;
    }
    await copy(copied.join('\n'), copied.length);
}

/** Copies a text of so many lines; if the browser does not let it, the text is shown to be copied by hand. @param {string} text @param {number} [count] */
export async function copy(text, count = 1) {
    if ((await write(text)) || writeInTheOldWay(text)) {
        toasts.add('copy.done', { n: count });
    } else {
        showText(text);
    }
}

/** Saves a text as a file. @param {string} name @param {string} text */
export function save(name, text) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

/** @param {string} text */
async function write(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return false;
    }
}

/** Pages that were loaded without TLS have no other. @param {string} text */
function writeInTheOldWay(text) {
    const focused = document.activeElement;
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'out-of-sight';
    field.readOnly = true;
    // an open dialog leaves nothing else the focus
    (document.querySelector('dialog[open]') ?? document.body).append(field);
    field.select();
    try {
        return document.execCommand('copy');
    } catch {
        return false;
    } finally {
        field.remove();
        if (focused instanceof HTMLElement) {
            focused.focus({ preventScroll: true });
        }
    }
}

/** @param {string} text */
function showText(text) {
    const { element } = openDialog(
        (close) => html`
            <h2>${t('copy.byHand')}</h2>
            <textarea readonly rows="8" aria-label=${t('copy.byHand')}>${text}</textarea>
            <div class="buttons"><button class="primary" @click=${close}>${t('close')}</button></div>`,
        { className: 'question', label: t('copy.byHand') },
    );
    element.querySelector('textarea')?.select();
}
