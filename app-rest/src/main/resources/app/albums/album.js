import '../filing/style.js';
import { html, nothing } from '../lib/lit/lit-html.js';
import { changeAlbum } from '../api/albums.js';
import { explain } from '../api/client.js';
import { known } from '../filing/known.js';
import { dateTime, t } from '../i18n/i18n.js';
import { icon } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';
import { isTyping, show } from '../ui/view.js';
import { letTilesBePulled } from './drag.js';
import { openAlbumForm } from './form.js';
import { Moves } from './moves.js';
import { openShare } from './share.js';

/** @import { Album, Picture } from '../api/types.js' */
/** @import { Session } from '../api/session.js' */
/** @import { Icon } from '../ui/icons.js' */
/** @import { Wall } from './moves.js' */

/** @typedef {Wall & { count: number, setAlbum: (album: Album) => void }} AlbumWall */
/** @typedef {{ among: (shown: Picture[]) => Picture[], has: (id: number) => boolean, count: number }} Selected */
/** @typedef {{ label: string, icon: Icon, run: (pictures: Picture[]) => unknown, isMain?: boolean, isBare?: boolean }} Action */

/** The album that is shown as a whole: what stands above its pictures, and what can be done with them only there. */
export class AlbumView {
    /**
     * @param {HTMLElement} container
     * @param {{
     *     gallery: HTMLElement,
     *     pages: AlbumWall,
     *     selection: Selected,
     *     session: Session,
     *     focus: (place: number) => void,
     *     focused: () => Picture[],
     *     leave: () => void,
     * }} parts
     */
    constructor(container, parts) {
        this.parts = parts;
        this.moves = new Moves(parts.pages);
        /** What whoever does not see it is told. */
        this.told = '';
        show(container, () => this.#template(), parts.pages, parts.session);
        letTilesBePulled(parts.gallery, {
            isPossible: () => this.#canMove,
            pulled: (place) => this.#meant(parts.pages.pictures[place]),
            drop: (pictures, place) => this.#drop(pictures, place),
        });
        parts.gallery.addEventListener('keydown', (event) => this.#onKey(event));
    }

    get #canMove() {
        return this.moves.isPossible && this.parts.session.may('manage');
    }

    /** A picture, and all that are selected if it is one of them. @param {Picture} picture */
    #meant(picture) {
        const { selection, pages } = this.parts;
        return selection.has(picture.id) ? selection.among(pages.pictures) : [picture];
    }

    /** @param {Picture[]} pictures @param {number} place */
    #drop(pictures, place) {
        const ids = new Set(pictures.map(({ id }) => id));
        const next = this.parts.pages.pictures.slice(place).find(({ id }) => !ids.has(id));
        void this.moves.move([...ids], next?.id ?? null);
    }

    /** What can be done with selected pictures besides. @param {Picture[]} pictures @returns {Action[]} */
    actions(pictures) {
        const { album } = this.parts.pages;
        if (!album) {
            return [];
        }
        /** @type {Action[]} */
        const moves = this.#canMove ? [
            { label: t('move.earlier'), icon: 'left', isMain: true, isBare: true, run: (some) => this.#step(some, -1) },
            { label: t('move.later'), icon: 'right', isMain: true, isBare: true, run: (some) => this.#step(some, 1) },
            { label: t('move.start'), icon: 'first', run: (some) => this.#jump(some, 'start') },
            { label: t('move.end'), icon: 'last', run: (some) => this.#jump(some, 'end') },
        ] : [];
        return pictures.length === 1
            ? [...moves, { label: t('album.makeCover'), icon: 'star', run: ([{ id }]) => this.#makeCover(album, id) }]
            : moves;
    }

    /** @param {Picture[]} pictures @param {1 | -1} step */
    #step(pictures, step) {
        void this.moves.step(pictures, step);
        this.#tellPlace(pictures[0]);
    }

    /** @param {Picture[]} pictures @param {'start' | 'end'} to */
    #jump(pictures, to) {
        void this.moves.jump(pictures, to);
        this.#tellPlace(pictures[0]);
    }

    /** @param {Picture} picture */
    #tellPlace({ id, originalName }) {
        const { pages } = this.parts;
        const place = pages.pictures.findIndex((other) => other.id === id);
        this.told = place < 0 ? '' : t('move.done', { name: originalName, place: place + 1, all: pages.count });
    }

    /** @param {Album} album @param {number} cover */
    async #makeCover(album, cover) {
        try {
            this.parts.pages.setAlbum(await changeAlbum(album.id, { cover }));
            toasts.add('album.coverMade');
        } catch (error) {
            toasts.add('failedWith', { why: explain(/** @type {any} */ (error)) }, { isAlarming: true });
        }
    }

    #template() {
        const { pages, session } = this.parts;
        const { album, query } = pages;
        if (query.sort !== 'album') {
            return nothing;
        }
        const mayManage = session.may('manage');
        return html`<section class="album-head" aria-label=${t('album')}>
            <a class="back" href="#/albums">${icon('left')}${t('nav.albums')}</a>
            ${album ? html`
                <div class="page-head">
                    <div><h1>${album.name}</h1>
                        <p class="album-facts">${[...facts(album), t(`order.${album.order}`)].join(' · ')}</p></div>
                    ${mayManage ? html`<div class="buttons">
                        <button @click=${() => this.#edit(album)}>${icon('pencil')}${t('album.edit')}</button>
                        <button class="primary" @click=${() => openShare(album, (changed) => pages.setAlbum(changed))}>
                            ${icon('share')}${t('share')}</button>
                    </div>` : nothing}
                </div>
                ${this.#canMove && pages.pictures.length > 1 ? html`<p class="lead no-touch">${t('album.moveHint')}</p>`
                    : nothing}` : nothing}
            <p class="out-of-sight" role="status">${this.told}</p>
        </section>`;
    }

    /** @param {Album} album */
    #edit(album) {
        const { pages, leave } = this.parts;
        openAlbumForm({
            album,
            onSaved: (changed) => {
                pages.setAlbum(changed);
                // its name stands elsewhere, too
                known.askForAlbums().catch(() => {});
                if (changed.order !== album.order) {
                    void pages.find(pages.query);
                }
            },
            onDeleted: leave,
        });
    }

    /** Alt and an arrow move what is selected, or has the focus. @param {KeyboardEvent} event */
    #onKey(event) {
        const [focused] = this.parts.focused();
        if (!focused || !event.altKey || event.ctrlKey || event.metaKey || isTyping(event) || !this.#canMove) {
            return;
        }
        const meant = this.#meant(focused);
        /** @type {Record<string, () => void>} */
        const keys = {
            ArrowLeft: () => this.#step(meant, -1),
            ArrowRight: () => this.#step(meant, 1),
            Home: () => this.#jump(meant, 'start'),
            End: () => this.#jump(meant, 'end'),
        };
        if (Object.hasOwn(keys, event.key)) {
            event.preventDefault();
            keys[event.key]();
            this.parts.focus(this.parts.pages.pictures.findIndex(({ id }) => id === focused.id));
        }
    }
}

/** Who sees it, and how long. @param {Album} album */
export function facts({ visibility, publicUntil, expiresAt, random }) {
    return [
        publicUntil ? t('album.publicUntil', { date: dateTime(publicUntil) }) : t(visibility),
        ...(random && visibility === 'public' ? [t('album.random')] : []),
        ...(expiresAt ? [t('album.until', { date: dateTime(expiresAt) })] : []),
    ];
}
