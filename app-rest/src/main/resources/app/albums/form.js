import { html, nothing } from '../lib/lit/lit-html.js';
import { addAlbum, changeAlbum, deleteAlbum } from '../api/albums.js';
import { explain } from '../api/client.js';
import { Store } from '../base/store.js';
import { life, LIVES } from '../filing/life.js';
import { dateTime, t } from '../i18n/i18n.js';
import { ask, openDialog } from '../ui/dialog.js';
import { icon } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';

/** @import { Album, Order } from '../api/types.js' */

/** @type {Order[]} */
const ORDERS = ['newest', 'oldest', 'manual'];

/** How far the saving is. */
class Saving extends Store {
    error = '';
    isBusy = false;

    /** @param {() => Promise<void>} action */
    async try(action) {
        Object.assign(this, { error: '', isBusy: true });
        this.changed();
        try {
            await action();
        } catch (error) {
            this.error = explain(/** @type {any} */ (error));
        }
        this.isBusy = false;
        this.changed();
    }
}

/**
 * Asks what an album is like: one that is there, or a new one.
 *
 * @param {{ album: Album | null, onSaved: (album: Album) => void, onDeleted?: () => void }} options
 */
export function openAlbumForm({ album, onSaved, onDeleted }) {
    const saving = new Saving();
    const title = album ? t('album.edit') : t('albums.make');
    const save = async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const settings = settingsOf(new FormData(/** @type {HTMLFormElement} */ (event.target)));
        await saving.try(async () => {
            onSaved(await (album ? changeAlbum(album.id, settings) : addAlbum(settings)));
            dialog.close();
            toasts.add(album ? 'saved' : 'albums.made');
        });
    };
    const remove = async () => {
        if (album && (await isMeant(album))) {
            await saving.try(async () => {
                await deleteAlbum(album.id);
                dialog.close();
                toasts.add('album.deleted');
                onDeleted?.();
            });
        }
    };
    const dialog = openDialog((close) => html`
        <div class="dialog-head"><h2>${title}</h2>
            <button class="quiet icon-only" aria-label=${t('close')} @click=${close}>${icon('close')}</button></div>
        <form class="fields" @submit=${save}>
            <label>${t('album.name')}<input name="name" required maxlength="100" autocomplete="off"
                value=${album?.name ?? ''}></label>
            ${choice('visibility', t('sharing.who'), album?.visibility ?? 'private',
                [['private', t('private')], ['public', album?.publicUntil
                    ? t('album.publicUntil', { date: dateTime(album.publicUntil) }) : t('public')]])}
            ${choice('order', t('find.sort'), album?.order ?? 'newest', ORDERS.map((order) => [order, t(`order.${order}`)]))}
            ${choice('end', t('sharing.end'), album?.expiresAt ? '' : 'never', [
                ...(album?.expiresAt ? [/** @type {[string, string]} */ (
                    ['', t('sharing.until', { date: dateTime(album.expiresAt) })])] : []),
                ['never', t('sharing.never')], ...LIVES.map(life)])}
            <label class="check"><input type="checkbox" name="random" ?checked=${album?.random ?? false}>
                <span>${t('album.randomLabel')}</span></label>
            <p class="lead">${[t('album.publicText'), t('album.endText')].join(t('sentence.separator'))}</p>
            ${saving.error ? html`<p class="remark alarming" role="alert">${saving.error}</p>` : nothing}
            <div class="buttons">
                ${album ? html`<button type="button" class="danger apart" @click=${remove}>
                    ${icon('trash')}${t('album.delete')}</button>` : nothing}
                <button type="button" @click=${close}>${t('cancel')}</button>
                <button class="primary" ?disabled=${saving.isBusy}>${album ? t('save') : t('albums.makeShort')}</button>
            </div>
        </form>`, { className: 'album-form', label: title, stores: [saving] });
}

/** @param {Album} album */
function isMeant({ name, visibility }) {
    return ask({
        title: t('album.deleteQuestion', { name }),
        text: [t('album.deleteText'), ...(visibility === 'public' ? [t('album.deleteLink')] : [])]
            .join(t('sentence.separator')),
        yes: t('album.delete'),
        isDangerous: true,
    });
}

/** @param {FormData} form */
function settingsOf(form) {
    const end = String(form.get('end'));
    return {
        name: String(form.get('name')).trim(),
        visibility: String(form.get('visibility')),
        order: String(form.get('order')),
        random: form.has('random'),
        ...(end === 'never' ? { expiresAt: null } : end ? { expiresIn: end } : {}),
    };
}

/** @param {string} name @param {string} label @param {string} value @param {[string, string][]} options */
function choice(name, label, value, options) {
    return html`<label>${label}<select name=${name}>${options.map(([key, text]) =>
        html`<option value=${key} ?selected=${key === value}>${text}</option>`)}</select></label>`;
}
