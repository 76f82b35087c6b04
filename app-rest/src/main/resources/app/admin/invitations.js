import { html } from '../lib/lit/lit-html.js';
import { call } from '../api/client.js';
import { dateTime, t } from '../i18n/i18n.js';
import { openDialog } from '../ui/dialog.js';
import { icon } from '../ui/icons.js';
import { Remote } from '../ui/remote.js';
import { showSecret } from '../links/secret.js';
import { limit, quotaFields } from './owners.js';

/** @import { Invitation } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */

const LIVES = ['1d', '7d', '30d'];
const MEGABYTE = 1024 * 1024;

/** Whom an administrator has asked in. */
export function page() {
    /** @type {Remote<{ invitations: Invitation[] }>} */
    const invitations = new Remote(() => call('GET', 'api/admin/invitations'));
    return {
        stores: [invitations],
        template: () => html`<section class="page">
            <div class="page-head"><h1>${t('nav.invitations')}</h1>
                <button class="primary" @click=${() => make(invitations)}>${icon('plus')}${t('invitations.make')}</button></div>
            <p class="lead">${t('invitations.text')}</p>
            ${invitations.show(({ invitations: all }) => list(invitations, all.filter(isGood).reverse()))}
        </section>`,
    };
}

/** @param {Invitation} invitation */
function isGood({ usesLeft, expiresAt, revokedAt }) {
    return usesLeft > 0 && revokedAt === null && Date.parse(expiresAt) > Date.now();
}

/** @param {Remote<{ invitations: Invitation[] }>} invitations @param {Invitation[]} good */
function list(invitations, good) {
    return good.length === 0 ? html`<p class="lead">${t('invitations.none')}</p>` : html`
        <ul class="cards">${good.map(({ id, usesLeft, uses, createdAt, expiresAt }) => html`<li>
            <span class="card-words"><strong>${t('invitations.left', { n: usesLeft, all: uses })}</strong>
                <span>${t('sessions.begun', { date: dateTime(createdAt) })} ·
                    ${t('tokens.until', { date: dateTime(expiresAt) })}</span></span>
            <button class="danger" @click=${() => invitations.act(() => call('DELETE', `api/admin/invitations/${id}`))}
                aria-label=${t('invitations.revokeLabel', { date: dateTime(createdAt) })}>${t('tokens.revoke')}</button>
        </li>`)}</ul>`;
}

/** @param {Remote<{ invitations: Invitation[] }>} invitations */
function make(invitations) {
    const finish = async (/** @type {SubmitEvent} */ event, /** @type {() => void} */ close) => {
        event.preventDefault();
        const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
        /** @type {{ invitation: string } | null} */
        const made = await invitations.act(() => call('POST', 'api/admin/invitations', {
            json: {
                uses: Number(form.get('uses')),
                expiresIn: form.get('life'),
                maxImages: limit(form.get('images')),
                maxBytes: limit(form.get('megabytes'), MEGABYTE),
            },
        }));
        if (made) {
            close();
            showSecret({
                title: t('invitations.made'),
                text: t('invitations.once'),
                secret: `${location.origin}${location.pathname}#/invitation/${encodeURIComponent(made.invitation)}`,
            });
        }
    };
    openDialog((close) => html`
        <h2>${t('invitations.make')}</h2>
        <form class="fields" @submit=${(/** @type {SubmitEvent} */ event) => finish(event, close)}>
            <label>${t('invitations.uses')}<input name="uses" type="number" min="1" max="1000" value="1" required></label>
            <label>${t('tokens.life')}<select name="life">${LIVES.map((life) => html`
                <option value=${life} ?selected=${life === '7d'}>${t(/** @type {Key} */ (`life.${life}`))}</option>`)}</select></label>
            ${quotaFields({ images: null, bytes: null })}
            <div class="buttons">
                <button type="button" @click=${close}>${t('cancel')}</button>
                <button class="primary">${t('invitations.make')}</button>
            </div>
        </form>`, { className: 'question', label: t('invitations.make') });
}
