import '../filing/style.js';
import { html, nothing } from '../lib/lit/lit-html.js';
import { coverOf } from '../api/albums.js';
import { address } from '../api/images.js';
import { Store } from '../base/store.js';
import { known } from '../filing/known.js';
import { t } from '../i18n/i18n.js';
import { icon } from '../ui/icons.js';
import { Remote } from '../ui/remote.js';
import { notice } from '../ui/view.js';
import { facts } from './album.js';
import { openAlbumForm } from './form.js';
import { openShare } from './share.js';

/** @import { Album, Picture } from '../api/types.js' */
/** @import { Session } from '../api/session.js' */

/** With more albums than these, they can be searched. */
const FEW = 12;
/** How many covers are asked for at a time. */
const PARALLEL = 3;

/** What stands for each album, as far as its tile has been seen. */
class Covers extends Store {
    /** @type {Map<string, Picture | null>} by the album and what it says of its cover */
    #found = new Map();
    /** @type {Album[]} */
    #waiting = [];
    #asking = 0;

    /** @param {Album} album */
    of(album) {
        return this.#found.get(key(album)) ?? null;
    }

    /** @param {Album} album */
    want(album) {
        if (!this.#found.has(key(album))) {
            this.#found.set(key(album), null);
            this.#waiting.push(album);
            void this.#ask();
        }
    }

    /** Can not be shown. @param {Album} album */
    drop(album) {
        this.#found.set(key(album), null);
        this.changed();
    }

    async #ask() {
        if (this.#asking >= PARALLEL) {
            return;
        }
        this.#asking++;
        for (let album = this.#waiting.shift(); album; album = this.#waiting.shift()) {
            // an album without a picture of it can be used all the same
            this.#found.set(key(album), await coverOf(album).catch(() => null));
            this.changed();
        }
        this.#asking--;
    }
}

/** @param {Album} album */
function key({ id, cover, images }) {
    return `${id} ${cover} ${images}`;
}

/** What somebody looks for. */
class Filter extends Store {
    text = '';

    /** @param {string} text */
    set(text) {
        this.text = text.trim().toLowerCase();
        this.changed();
    }
}

/** All albums. @param {{ session: Session }} visit */
export function page({ session }) {
    const covers = new Covers();
    const filter = new Filter();
    const albums = new Remote(async () => {
        await known.askForAlbums();
        return known.albums ?? [];
    });
    const observer = new IntersectionObserver((entries) => entries.filter(({ isIntersecting }) => isIntersecting)
        .forEach(({ target }) => {
            const album = albums.value?.find(({ id }) => String(id) === /** @type {HTMLElement} */ (target).dataset.id);
            if (album) {
                covers.want(album);
            }
        }), { rootMargin: '400px' });
    const watch = () => document.querySelectorAll('.albums [data-id]').forEach((tile) => {
        // once more, since what it shows may be another album now
        observer.unobserve(tile);
        observer.observe(tile);
    });
    const mayManage = () => session.may('manage');
    const make = () => openAlbumForm({ album: null, onSaved: () => albums.load() });
    const edit = (/** @type {Album} */ album) =>
        openAlbumForm({ album, onSaved: () => albums.load(), onDeleted: () => albums.load() });
    return {
        stores: [albums, covers, filter],
        template: () => {
            requestAnimationFrame(watch);
            return html`<div class="page wide">
                <div class="page-head"><h1>${t('nav.albums')}</h1>
                    ${mayManage() && albums.value?.length ? html`<button class="primary" @click=${make}>
                        ${icon('plus')}${t('albums.make')}</button>` : nothing}</div>
                ${albums.show((all) => (all.length === 0 ? none(mayManage(), make) : html`
                    ${all.length > FEW ? html`<input type="search" class="narrow" autocomplete="off"
                        aria-label=${t('choose.search')} placeholder=${t('choose.search')}
                        @input=${(/** @type {{ target: HTMLInputElement }} */ { target }) => filter.set(target.value)}>`
                        : nothing}
                    <ul class="albums">${all.filter(({ name }) => name.toLowerCase().includes(filter.text)).map((album) =>
                        tile(album, { covers, mayManage: mayManage(), edit, reload: () => albums.load() }))}</ul>`))}
            </div>`;
        },
    };
}

/** @param {boolean} mayManage @param {() => void} make */
function none(mayManage, make) {
    return notice({
        picture: 'album',
        title: t('albums.none'),
        text: t('albums.noneText'),
        actions: mayManage ? html`<button class="primary" @click=${make}>${icon('plus')}${t('albums.make')}</button>`
            : nothing,
    });
}

/**
 * @param {Album} album
 * @param {{ covers: Covers, mayManage: boolean, edit: (album: Album) => void, reload: () => Promise<void> }} parts
 */
function tile(album, { covers, mayManage, edit, reload }) {
    const cover = covers.of(album);
    const { id, name, images } = album;
    return html`<li data-id=${id}>
        <a class="album-face" href="#/album/${id}">
            <span class="cover">${cover ? html`<img src=${address(cover, '?w=640&h=640')} alt="" decoding="async"
                draggable="false" @error=${() => covers.drop(album)}>` : icon('album')}</span>
            <span class="album-name">${name}</span>
        </a>
        <div class="album-words">
            <span class="album-about">${icon(album.visibility === 'public' ? 'globe' : 'lock')}
                ${t('gallery.count', { n: images })}</span>
            <span class="album-about">${facts(album).join(' · ')}</span>
        </div>
        ${mayManage ? html`<span class="album-buttons">
            <button class="quiet icon-only" aria-label=${t('album.shareLabel', { name })} title=${t('share')}
                @click=${() => openShare(album, reload)}>${icon('share')}</button>
            <button class="quiet icon-only" aria-label=${t('album.editLabel', { name })} title=${t('album.edit')}
                @click=${() => edit(album)}>${icon('pencil')}</button>
        </span>` : nothing}
    </li>`;
}
