import { html, nothing } from '../lib/lit/lit-html.js';
import { explain } from '../api/client.js';
import { signLink, takeLinksBack } from '../api/images.js';
import { dateTime, number, t } from '../i18n/i18n.js';
import { life, LIVES } from '../filing/life.js';
import { copy } from '../links/clipboard.js';
import { icon } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';
import { select } from '../ui/view.js';

/** @import { ApiError } from '../api/client.js' */
/** @import { Picture } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */

const VIEWS = [1, 10, 100];
const LINK_LIVES = ['1h', '1d', '7d', '30d'];

/**
 * Who sees a picture, how long and how often, and links to one that only its owner sees.
 *
 * @param {Picture} picture
 * @param {(what: object) => Promise<void>} change
 */
export function sharing(picture, change) {
    return html`<section class="fields">
        <h3>${t('sharing')}</h3>
        ${choice('sharing.who', picture.visibility, [['public', t('public')], ['private', t('private')]],
            (value) => change({ visibility: value }))}
        ${choice('sharing.end', picture.expiresAt === null ? 'never' : 'kept', [
            ...kept(picture.expiresAt, picture.expiresAt && t('sharing.until', { date: dateTime(picture.expiresAt) })),
            ['never', t('sharing.never')], ...LIVES.map(life),
        ], (value) => value !== 'kept' && change(value === 'never' ? { expiresAt: null } : { expiresIn: value }))}
        ${choice('sharing.views', picture.viewsLeft === null ? 'any' : 'kept', [
            ...kept(picture.viewsLeft, t('sharing.viewsLeft', { n: picture.viewsLeft ?? 0 })),
            ['any', t('sharing.anyViews')], .../** @type {[string, string][]} */ (
                VIEWS.map((views) => [String(views), number(views)])),
        ], (value) => value !== 'kept' && change({ maxViews: value === 'any' ? null : Number(value) }))}
        ${picture.visibility === 'private' ? links(picture) : nothing}
    </section>`;
}

/** @param {unknown} present @param {string | null} text @returns {[string, string][]} what is so now, if there is such a thing */
function kept(present, text) {
    return present === null ? [] : [['kept', text ?? '']];
}

/** @param {Key} key @param {string} value @param {[string, string][]} options @param {(value: string) => unknown} onChange */
function choice(key, value, options, onChange) {
    return html`<div class="choice"><span>${t(key)}</span>${select({ label: t(key), value, options, onChange })}</div>`;
}

/** @param {Picture} picture */
function links(picture) {
    const sign = async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
        await told(async () => {
            const { url } = await signLink(picture.id, String(form.get('life')));
            await copy(url);
        });
    };
    return html`<p class="label">${t('sharing.links')}</p>
        <form class="field-and-button" @submit=${sign}>
            <select name="life" aria-label=${t('sharing.linkLife')}>${LINK_LIVES.map((name) => html`
                <option value=${name} ?selected=${name === '7d'}>${life(name)[1]}</option>`)}</select>
            <button class="primary">${icon('link')}${t('sharing.sign')}</button>
        </form>
        <button @click=${() => told(async () => {
            await takeLinksBack(picture.id);
            toasts.add('sharing.takenBack');
        })}>${t('sharing.takeBack')}</button>`;
}

/** @param {() => Promise<void>} action */
async function told(action) {
    try {
        await action();
    } catch (error) {
        toasts.add('failedWith', { why: explain(/** @type {ApiError} */ (error)) }, { isAlarming: true });
    }
}
