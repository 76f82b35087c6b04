import { html, nothing } from '../lib/lit/lit-html.js';
import { settings } from '../base/settings.js';
import { dateTime, number, size, t } from '../i18n/i18n.js';
import { copy } from '../links/clipboard.js';
import { FORMATS, lines } from '../links/formats.js';
import { icon } from '../ui/icons.js';
import { sharing } from './sharing.js';

/** @import { Picture } from '../api/types.js' */
/** @import { Filed } from './filed.js' */

/**
 * All that is known of a picture, and all its links.
 *
 * @param {Picture} picture
 * @param {{ mayManage: boolean, filed: Filed, change: (what: object) => Promise<void> }} actions
 */
export function details(picture, { mayManage, filed, change }) {
    /** @type {[string, unknown][]} */
    const facts = [
        [t('details.pixels'), `${number(picture.width)} × ${number(picture.height)}`],
        [t('details.size'), size(picture.fileSize)],
        [t('details.type'), picture.mimeType],
        [t('details.uploaded'), dateTime(picture.uploadTime)],
        [t('details.digest'), html`<button class="link mono" title=${t('copy')}
            @click=${() => copy(picture.fileHash)}>${picture.fileHash.slice(0, 16)}…</button>`],
    ];
    return html`
        ${mayManage ? nameForm(picture, change) : nothing}
        <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
        ${filed.template(mayManage)}
        ${mayManage ? sharing(picture, change) : nothing}
        <h3>${t('details.links')}</h3>
        <ul class="links">
            ${Object.entries(FORMATS).filter(([name]) => name !== 'deletion' && name !== 'page').map(([name, { label }]) => {
                const [line] = lines([picture], name, settings.get('size'));
                return line === undefined ? nothing : html`<li>
                    <span class="label">${t(label)}</span>
                    <code>${line}</code>
                    <button class="quiet icon-only" aria-label=${t('copy.as', { format: t(label) })}
                        title=${t('copy')} @click=${() => copy(line)}>${icon('copy')}</button>
                </li>`;
            })}
        </ul>`;
}

/** @param {Picture} picture @param {(what: object) => Promise<void>} change */
function nameForm(picture, change) {
    const finish = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const name = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('name')).trim();
        if (name !== '' && name !== picture.originalName) {
            void change({ originalName: name });
        }
    };
    return html`<form class="name" @submit=${finish}>
        <label class="label" for="picture-name">${t('details.name')}</label>
        <span class="field-and-button">
            <input id="picture-name" name="name" maxlength="255" required autocomplete="off"
                .value=${picture.originalName}>
            <button>${t('rename')}</button>
        </span>
    </form>`;
}
