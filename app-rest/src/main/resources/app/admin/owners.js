import { html, nothing } from '../lib/lit/lit-html.js';
import { call } from '../api/client.js';
import { number, size, t } from '../i18n/i18n.js';
import { openDialog } from '../ui/dialog.js';
import { icon } from '../ui/icons.js';
import { Remote } from '../ui/remote.js';
import { showSecret } from '../links/secret.js';

/** @import { Owner, Quota } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */

const MEGABYTE = 1024 * 1024;

/** Everybody who has pictures here. */
export function page() {
    /** @type {Remote<{ owners: Owner[] }>} */
    const owners = new Remote(() => call('GET', 'api/admin/owners'));
    return {
        stores: [owners],
        template: () => html`<section class="page">
            <div class="page-head"><h1>${t('nav.owners')}</h1>
                <button class="primary" @click=${() => edit(owners, null)}>${icon('plus')}${t('owners.add')}</button></div>
            ${owners.show(({ owners: all }) => html`<ul class="cards">${all.map((owner) => card(owners, owner))}</ul>`)}
        </section>`,
    };
}

/** @param {Remote<{ owners: Owner[] }>} owners @param {Owner} owner */
function card(owners, owner) {
    const { id, name, role, state, usage, quota } = owner;
    const isSuspended = state === 'suspended';
    return html`<li class=${isSuspended ? 'faded' : ''}>
        <span class="card-words"><strong>${name}
                <span class="tag">${t(/** @type {Key} */ (`role.${role}`))}</span>
                ${isSuspended ? html`<span class="tag alarming">${t('owners.suspended')}</span>` : nothing}</strong>
            <a href=${`#/statistics/${id}`}>${t('room', { n: usage.images, size: size(usage.bytes) })}${limits(quota)}</a></span>
        ${role === 'guest' ? nothing : html`
            <button @click=${() => giveLink(owners, owner)}
                aria-label=${t('owners.linkLabel', { name })}>${icon('link')}${t('owners.link')}</button>`}
        <button @click=${() => edit(owners, owner)} aria-label=${t('owners.editLabel', { name })}>
            ${icon('pencil')}${t('owners.edit')}</button>
        ${id === 1 ? nothing : html`<button class=${isSuspended ? '' : 'danger'}
            @click=${() => owners.act(() => change(id, { state: isSuspended ? 'active' : 'suspended' }))}
            aria-label=${t(isSuspended ? 'owners.activateLabel' : 'owners.suspendLabel', { name })}>
            ${t(isSuspended ? 'owners.activate' : 'owners.suspend')}</button>`}
    </li>`;
}

/** @param {Quota} quota */
function limits({ bytes, images }) {
    return [
        bytes === null ? '' : t('room.ofBytes', { size: size(bytes) }),
        images === null ? '' : t('room.ofImages', { n: number(images) }),
    ].join('');
}

/** @param {number} id @param {object} what */
function change(id, what) {
    return call('PATCH', `api/admin/owners/${id}`, { json: what });
}

/** @param {Remote<{ owners: Owner[] }>} owners @param {Owner} owner */
async function giveLink(owners, { id, name }) {
    /** @type {{ link: string } | null} */
    const made = await owners.act(() => call('POST', `api/admin/owners/${id}/login-link`));
    if (made) {
        showSecret({
            title: t('owners.linkFor', { name }),
            text: t('owners.linkText'),
            secret: `${location.origin}${location.pathname}#/login/${encodeURIComponent(made.link)}`,
        });
    }
}

/** @param {Remote<{ owners: Owner[] }>} owners @param {Owner | null} owner null for a new one */
function edit(owners, owner) {
    const title = owner ? t('owners.editLabel', { name: owner.name }) : t('owners.add');
    const finish = async (/** @type {SubmitEvent} */ event, /** @type {() => void} */ close) => {
        event.preventDefault();
        const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
        const what = {
            ...(form.has('name') ? { name: form.get('name') } : {}),
            ...(form.has('role') ? { role: form.get('role') } : {}),
            maxImages: limit(form.get('images')),
            maxBytes: limit(form.get('megabytes'), MEGABYTE),
        };
        const done = await owners.act(() =>
            (owner ? change(owner.id, what) : call('POST', 'api/admin/owners', { json: what })));
        if (done) {
            close();
        }
    };
    openDialog((close) => html`
        <h2>${title}</h2>
        <form class="fields" @submit=${(/** @type {SubmitEvent} */ event) => finish(event, close)}>
            ${owner?.role === 'guest' ? nothing : html`
                <label>${t('owners.name')}<input name="name" required pattern="[a-z][a-z0-9._@\\-]{0,63}" autocomplete="off"
                    autocapitalize="none" spellcheck="false" title=${t('owners.nameRule')} .value=${owner?.name ?? ''}></label>`}
            ${owner?.role === 'guest' || owner?.id === 1 ? nothing : html`
                <label>${t('owners.role')}<select name="role">${['user', 'admin'].map((role) => html`
                    <option value=${role} ?selected=${role === owner?.role}>
                        ${t(/** @type {Key} */ (`role.${role}`))}</option>`)}</select></label>`}
            ${quotaFields(owner?.quota ?? { images: null, bytes: null })}
            <div class="buttons">
                <button type="button" @click=${close}>${t('cancel')}</button>
                <button class="primary">${t('save')}</button>
            </div>
        </form>`, { className: 'question', label: title });
}

/** @param {Quota} quota */
export function quotaFields({ images, bytes }) {
    return html`
        <label>${t('owners.maxImages')}<input name="images" type="number" min="0" step="1" placeholder=${t('owners.noLimit')}
            .value=${String(images ?? '')}></label>
        <label>${t('owners.maxMegabytes')}<input name="megabytes" type="number" min="0" step="any"
            placeholder=${t('owners.noLimit')} .value=${bytes === null ? '' : String(bytes / MEGABYTE)}></label>`;
}

/** A number that somebody has typed; null if nothing. @param {FormDataEntryValue | null} text @param {number} [unit] */
export function limit(text, unit = 1) {
    return text === null || text === '' ? null : Math.round(Number(text) * unit);
}
