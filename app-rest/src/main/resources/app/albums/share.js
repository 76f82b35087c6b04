import { html, nothing } from '../lib/lit/lit-html.js';
import { changeAlbum } from '../api/albums.js';
import { explain } from '../api/client.js';
import { Store } from '../base/store.js';
import { life } from '../filing/life.js';
import { dateTime, t } from '../i18n/i18n.js';
import { copy } from '../links/clipboard.js';
import { openDialog } from '../ui/dialog.js';
import { icon } from '../ui/icons.js';

/** @import { Album } from '../api/types.js' */
/** @import { Icon } from '../ui/icons.js' */

const LIVES = ['7d', '30d', '365d'];

/** The album as it is now. */
class Shared extends Store {
    error = '';

    /** @param {Album} album @param {(album: Album) => void} onChange */
    constructor(album, onChange) {
        super();
        this.album = album;
        this.onChange = onChange;
    }

    /** @param {object} settings */
    async change(settings) {
        try {
            this.album = await changeAlbum(this.album.id, settings);
            this.error = '';
            this.onChange(this.album);
            if (this.album.url && this.album.visibility === 'public' && 'visibility' in settings) {
                await copy(this.album.url);
            }
        } catch (error) {
            this.error = explain(/** @type {any} */ (error));
        }
        this.changed();
    }
}

/** Shows an album to others, and tells where they see it. @param {Album} album @param {(album: Album) => void} onChange */
export function openShare(album, onChange) {
    const shared = new Shared(album, onChange);
    const title = t('share.title', { name: album.name });
    openDialog((close) => html`
        <div class="dialog-head"><h2>${title}</h2>
            <button class="quiet icon-only" aria-label=${t('close')} @click=${close}>${icon('close')}</button></div>
        ${shared.album.url ? whereItIs(shared, shared.album.url) : howLong(shared)}
        ${shared.error ? html`<p class="remark alarming" role="alert">${shared.error}</p>` : nothing}`, {
        className: 'share',
        label: title,
        stores: [shared],
    });
}

/** @param {Shared} shared */
function howLong(shared) {
    const longer = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const end = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('end'));
        void shared.change({ visibility: 'public', ...(end === 'never' ? { publicUntil: null } : { publicFor: end }) });
    };
    return html`
        <p class="lead">${t('share.private')}</p>
        <button class="primary" @click=${() => shared.change({ visibility: 'public', publicFor: '1d' })}>
            ${icon('clock')}${t('share.day')}</button>
        <form class="field-and-button" @submit=${longer}>
            <label>${t('share.life')}<select name="end">
                <option value="never">${t('sharing.never')}</option>
                ${LIVES.map((name) => html`<option value=${name}>${life(name)[1]}</option>`)}
            </select></label>
            <button>${icon('share')}${t('share.until')}</button>
        </form>
        <p class="lead">${t('share.afterwards')}</p>`;
}

/** @param {Shared} shared @param {string} url */
function whereItIs(shared, url) {
    const { publicUntil, expiresAt, random } = shared.album;
    const howLong = [
        publicUntil ? t('share.publicUntil', { date: dateTime(publicUntil) }) : t('share.public'),
        ...(expiresAt ? [t('share.albumEnds', { date: dateTime(expiresAt) })] : []),
    ];
    return html`
        <p class="lead">${howLong.join(t('sentence.separator'))}</p>
        <ul class="links">
            ${link(t('share.page'), url, 'link')}
            ${link(t('share.feed'), `${url}/feed`, 'feed')}
            ${random ? link(t('share.random'), randomOf(url), 'dice') : nothing}
        </ul>
        <p class="lead">${t('album.publicText')}</p>
        <div class="buttons">
            ${publicUntil ? html`<button @click=${() => shared.change({ publicUntil: null })}>
                ${t('share.forEver')}</button>` : nothing}
            <button class="danger" @click=${() => shared.change({ visibility: 'private' })}>
                ${icon('lock')}${t('share.stop')}</button>
        </div>`;
}

/** @param {string} label @param {string} url @param {Icon} picture */
function link(label, url, picture) {
    return html`<li><span class="label">${label}</span>
        <a href=${url} target="_blank" rel="noopener">${url}</a>
        <button class="quiet icon-only" aria-label=${t('share.copy', { what: label })} title=${t('copy')}
            @click=${() => copy(url)}>${icon(picture === 'link' ? 'copy' : picture)}</button></li>`;
}

/** Where any picture of it is shown. @param {string} url */
function randomOf(url) {
    const address = new URL('../random', url);
    address.searchParams.set('album', url.slice(url.lastIndexOf('/') + 1));
    return address.href;
}
