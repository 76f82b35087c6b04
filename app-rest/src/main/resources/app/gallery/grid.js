import { html, nothing, render } from '../lib/lit/lit-html.js';
import { address } from '../api/images.js';
import { language, size, t } from '../i18n/i18n.js';
import { icon } from '../ui/icons.js';
import { failure, LongPress, notice } from '../ui/view.js';
import { goal, layOut, rowOf, rowsBetween } from './layout.js';

/** @import { Picture } from '../api/types.js' */
/** @import { Row } from './layout.js' */
/** @import { Pages } from './pages.js' */
/** @import { Selection } from './selection.js' */

/**
 * What happens to pictures that somebody points at.
 *
 * @typedef {object} Actions
 * @property {(picture: Picture) => void} open
 * @property {(pictures: Picture[]) => void} copy
 * @property {(pictures: Picture[]) => void} remove
 * @property {(picture: Picture) => Promise<boolean>} isThere
 * @property {() => void} findEverything
 */

/** How far above and below the window there are tiles, in pixels. */
const MARGIN = 1_200;
/** How far from the end the next page is asked for, in pixels. */
const NEAR = 2_400;
/** What covers the window's upper and lower edge, in pixels. */
const COVERED = 96;

/**
 * The pictures on a wall of rows. Only the rows in and near the window are in the document; the wall is as high as if
 * all of them were.
 */
export class Grid {
    /** @type {{ rows: Row[], height: number }} */
    #layout = { rows: [], height: 0 };
    /** @type {Picture[]} what the layout is of */
    #laidOut = [];
    #width = 0;
    #frame = 0;
    /** The place of the picture that has the focus, or gets it. */
    #current = 0;
    /** @type {Map<number, HTMLElement>} the rows in the document, by their first pictures */
    #elements = new Map();
    /** @type {Map<number, 'broken' | 'gone'>} */
    #broken = new Map();
    #press = new LongPress();

    /**
     * @param {HTMLElement} element
     * @param {{ pages: Pages, selection: Selection, actions: Actions }} parts
     */
    constructor(element, { pages, selection, actions }) {
        this.element = element;
        this.pages = pages;
        this.selection = selection;
        this.actions = actions;
        const soon = () => this.#soon();
        [pages, selection, language].forEach((store) => store.addEventListener('change', soon));
        addEventListener('scroll', soon, { passive: true });
        this.#draw();
        new ResizeObserver(soon).observe(this.#wall);
    }

    /** Gives a picture the focus, and brings it into the window. @param {number} [place] where the focus was if it is not said */
    focus(place = this.#current) {
        if (this.#laidOut !== this.pages.pictures) {
            this.#draw();
        }
        this.#current = Math.max(0, Math.min(place, this.pages.pictures.length - 1));
        this.#bringIntoView();
        this.#draw();
        this.#cell()?.focus({ preventScroll: true });
    }

    /** The picture that has the focus, alone; none if something else has it. @returns {Picture[]} */
    get focused() {
        const picture = this.#laidOut[this.#current];
        return picture && this.#wall.contains(document.activeElement) ? [picture] : [];
    }

    get #wall() {
        return /** @type {HTMLElement} */ (this.element.querySelector('.wall'));
    }

    #cell() {
        return /** @type {HTMLElement | null} */ (this.element.querySelector(`[data-place="${this.#current}"]`));
    }

    get #gap() {
        return this.#width < 600 ? 4 : 8;
    }

    #soon() {
        this.#frame ||= requestAnimationFrame(() => this.#draw());
    }

    #draw() {
        cancelAnimationFrame(this.#frame);
        this.#frame = 0;
        const wall = this.#wall;
        if (wall?.clientWidth) {
            this.#layOut(wall);
        }
        render(this.#template(), this.element);
        this.#drawRows();
        if (wall && this.#layout.height - this.#window().to < NEAR - MARGIN) {
            void this.pages.more();
        }
    }

    /** Whoever looks at a picture goes on looking at it, whatever comes or goes above. @param {HTMLElement} wall */
    #layOut(wall) {
        const { pictures } = this.pages;
        const width = wall.clientWidth;
        if (pictures === this.#laidOut && width === this.#width) {
            return;
        }
        const seen = this.#firstSeen();
        this.#width = width;
        const height = width < 600 ? 120 : width < 1000 ? 168 : 212;
        this.#layout = layOut(pictures, { width, height, gap: this.#gap });
        this.#laidOut = pictures;
        this.#current = Math.max(0, Math.min(this.#current, pictures.length - 1));
        const place = seen ? this.pages.place(seen.id) : -1;
        if (seen && place >= 0) {
            wall.style.height = `${this.#layout.height}px`;
            scrollBy({ top: this.#topOf(place) - seen.top, behavior: 'instant' });
        }
    }

    /** The first picture in the window, and where its row begins; null as long as the wall begins in the window. */
    #firstSeen() {
        const from = -this.#wall.getBoundingClientRect().top;
        const row = from > 0 ? rowsBetween(this.#layout.rows, from, from + 1)[0] : undefined;
        const picture = row && this.#laidOut[row.first];
        return picture ? { id: picture.id, top: row.top } : null;
    }

    /** @param {number} place */
    #topOf(place) {
        return this.#layout.rows[rowOf(this.#layout.rows, place)].top;
    }

    /** What of the wall has tiles. */
    #window() {
        const top = this.#wall?.getBoundingClientRect().top ?? 0;
        return { from: -top - MARGIN, to: innerHeight - top + MARGIN };
    }

    #bringIntoView() {
        const row = this.#layout.rows[rowOf(this.#layout.rows, this.#current)];
        if (!row) {
            return;
        }
        const top = this.#wall.getBoundingClientRect().top + row.top;
        if (top < COVERED) {
            scrollBy({ top: top - COVERED, behavior: 'instant' });
        } else if (top + row.height > innerHeight - COVERED) {
            scrollBy({ top: top + row.height - innerHeight + COVERED, behavior: 'instant' });
        }
    }

    #template() {
        const { state, pictures, count, isEstimate } = this.pages;
        const isFirst = state === 'loading' && pictures.length === 0;
        return html`
            <div class="gallery-bar">
                <h2 id="gallery-title">
                    ${isFirst || (state === 'failed' && pictures.length === 0)
                        ? t('gallery.title')
                        : t(isEstimate ? 'gallery.about' : 'gallery.count', { n: count })}
                </h2>
                <div class="tools"></div>
            </div>
            <div class="wall ${this.selection.isSelecting ? 'selecting' : ''}" role=${pictures.length > 0 ? 'grid' : nothing}
                    aria-labelledby=${pictures.length > 0 ? 'gallery-title' : nothing}
                    aria-multiselectable=${pictures.length > 0 ? 'true' : nothing}
                    aria-rowcount=${pictures.length > 0 ? this.#rowCount() : nothing}
                    .style=${`height:${this.#layout.height}px`}
                    @click=${this.#onClick} @keydown=${this.#onKey} @focusin=${this.#onFocus}
                    @pointerdown=${this.#onPress} @pointerup=${this.#press.end} @pointercancel=${this.#press.end}
                    @pointermove=${this.#press.move} @contextmenu=${this.#press.suppressMenu}></div>
            ${isFirst ? this.#skeleton() : nothing}
            ${this.#ending()}`;
    }

    /** -1 as long as nobody knows. */
    #rowCount() {
        return this.pages.hasMore ? -1 : this.#layout.rows.length;
    }

    /** Those near the window, and the one that has the focus. */
    #rows() {
        if (this.#laidOut.length === 0 || this.#laidOut !== this.pages.pictures) {
            return [];
        }
        const { from, to } = this.#window();
        const near = rowsBetween(this.#layout.rows, from, to);
        const focused = this.#layout.rows[rowOf(this.#layout.rows, this.#current)];
        const hasFocus = this.#wall.contains(document.activeElement);
        return hasFocus && focused && !near.includes(focused) ? [...near, focused] : near;
    }

    /** Rows that stay in the window keep their elements, and with them their pictures and the focus. */
    #drawRows() {
        const rows = this.#rows();
        const ids = new Set(rows.map((row) => this.#laidOut[row.first].id));
        [...this.#elements.keys()].filter((id) => !ids.has(id)).forEach((id) => {
            this.#elements.get(id)?.remove();
            this.#elements.delete(id);
        });
        for (const row of rows) {
            const element = this.#elementOf(this.#laidOut[row.first].id);
            element.style.top = `${row.top}px`;
            element.style.height = `${row.height}px`;
            element.ariaRowIndex = String(this.#layout.rows.indexOf(row) + 1);
            render(this.#tiles(row), element);
        }
    }

    /** The element of the row that begins with this picture. @param {number} id */
    #elementOf(id) {
        let element = this.#elements.get(id);
        if (!element) {
            element = document.createElement('div');
            element.className = 'row';
            element.role = 'row';
            this.#elements.set(id, element);
            this.#wall.append(element);
        }
        return element;
    }

    /** @param {Row} row */
    #tiles(row) {
        let left = 0;
        return row.widths.map((width, index) => {
            const tile = this.#tile(row.first + index, left, width);
            left += width + this.#gap;
            return tile;
        });
    }

    /** @param {number} place @param {number} left @param {number} width both in pixels */
    #tile(place, left, width) {
        const picture = this.#laidOut[place];
        const isSelected = this.selection.has(picture.id);
        const isCurrent = place === this.#current;
        const broken = this.#broken.get(picture.id);
        const tab = isCurrent ? 0 : -1;
        return html`<div role="gridcell" class="tile ${isSelected ? 'selected' : ''}" data-place=${place}
                tabindex=${tab} aria-selected=${isSelected} .style=${`left:${left}px;width:${width}px`}
                aria-label=${t('tile.label', { name: picture.originalName, size: size(picture.fileSize) })}>
            <a class="face" href="#/image/${picture.id}" tabindex="-1" draggable="false"
                    aria-label=${t('tile.open', { name: picture.originalName })}>
                ${broken
                    ? html`<span class="broken">${icon('picture')}<span>${t(`tile.${broken}`)}</span></span>`
                    : html`<img src=${address(picture, '/thumb')} srcset=${`${address(picture, '/thumb')} 1x, `
                        + `${address(picture, '?w=640&h=640')} 2x`} alt="" decoding="async" draggable="false"
                        @error=${() => this.#onBroken(picture)}>`}
            </a>
            ${this.#badges(picture)}
            <span class="caption" aria-hidden="true">${picture.originalName}</span>
            <input type="checkbox" class="pick" data-act="pick" tabindex=${tab} .checked=${isSelected}
                aria-label=${t('tile.select', { name: picture.originalName })}>
            <span class="tile-actions">
                <button class="on-picture" data-act="copy" tabindex=${tab} title=${t('copy.link')}
                    aria-label=${t('tile.copy', { name: picture.originalName })}>${icon('copy')}</button>
                <button class="on-picture" data-act="remove" tabindex=${tab} title=${t('delete')}
                    aria-label=${t('tile.delete', { name: picture.originalName })}>${icon('trash')}</button>
            </span>
        </div>`;
    }

    /** @param {Picture} picture */
    #badges({ mimeType, visibility, expiresAt }) {
        const badges = [
            mimeType === 'image/gif' ? html`<span>GIF</span>` : nothing,
            visibility === 'private' ? html`<span title=${t('private')}>${icon('lock')}</span>` : nothing,
            expiresAt ? html`<span title=${t('expires')}>${icon('clock')}</span>` : nothing,
        ].filter((badge) => badge !== nothing);
        return badges.length > 0 ? html`<span class="badges" aria-hidden="true">${badges}</span>` : nothing;
    }

    #skeleton() {
        return html`<div class="skeleton" role="img" aria-label=${t('loading')}>
            ${Array.from({ length: 18 }, () => html`<span></span>`)}
        </div>`;
    }

    /** What stands below the pictures, or in their place. */
    #ending() {
        const { state, pictures, error, isEverything, hasMore } = this.pages;
        if (state === 'failed') {
            return failure(error, () => this.pages.retry());
        }
        if (state === 'loading' || hasMore || pictures.length > 0 || isEverything) {
            return nothing;
        }
        const isAlbum = this.pages.album !== null;
        return notice({
            picture: isAlbum ? 'album' : 'search',
            title: t(isAlbum ? 'album.empty' : 'gallery.nothing'),
            text: t(isAlbum ? 'album.emptyText' : 'gallery.nothingText'),
            actions: html`<button @click=${this.actions.findEverything}>${t('gallery.showAll')}</button>`,
        });
    }

    /** @param {Picture} picture */
    async #onBroken(picture) {
        if (this.pages.place(picture.id) < 0) {
            // it came too late for a tile that is not there any more
            return;
        }
        this.#broken.set(picture.id, 'broken');
        this.#soon();
        if (!(await this.actions.isThere(picture))) {
            this.#broken.set(picture.id, 'gone');
            this.#soon();
        }
    }

    /** @param {Event} event @returns {Picture | undefined} */
    #pictureOf(event) {
        const cell = /** @type {Element} */ (event.target).closest('[data-place]');
        return cell ? this.#laidOut[Number(cell.getAttribute('data-place'))] : undefined;
    }

    #onClick = (/** @type {MouseEvent} */ event) => {
        const picture = this.#pictureOf(event);
        if (!picture || this.#press.isClickOfIt()) {
            event.preventDefault();
            return;
        }
        this.#current = this.pages.place(picture.id);
        const action = /** @type {Element} */ (event.target).closest('[data-act]')?.getAttribute('data-act');
        if (action === 'copy' || action === 'remove') {
            this.actions[action]([picture]);
        } else if (event.shiftKey) {
            event.preventDefault();
            this.selection.extend(this.pages.pictures, picture);
        } else if (action === 'pick') {
            this.selection.toggle(picture);
        } else if (event.ctrlKey || event.metaKey || this.selection.isSelecting) {
            event.preventDefault();
            this.selection.toggle(picture);
        }
        this.#soon();
    };

    #onFocus = (/** @type {FocusEvent} */ event) => {
        const picture = this.#pictureOf(event);
        if (picture) {
            this.#current = this.pages.place(picture.id);
            this.#soon();
        }
    };

    /** A finger that stays on a picture selects it. */
    #onPress = (/** @type {PointerEvent} */ event) => {
        const picture = this.#pictureOf(event);
        if (picture) {
            this.#press.begin(event, () => this.selection.toggle(picture));
        }
    };

    #onKey = (/** @type {KeyboardEvent} */ event) => {
        const picture = this.#laidOut[this.#current];
        const to = goal(this.#layout.rows, { place: this.#current, key: event.key, gap: this.#gap, view: innerHeight });
        if (!picture || event.altKey || /** @type {Element} */ (event.target).closest('[data-act]')) {
            return;
        }
        if (to !== null) {
            event.preventDefault();
            this.focus(to);
            if (event.shiftKey) {
                this.selection.startAt(picture, false);
                this.selection.extend(this.pages.pictures, this.#laidOut[this.#current]);
            } else {
                this.selection.startAt(this.#laidOut[this.#current], true);
            }
        } else if (event.key === 'Enter') {
            event.preventDefault();
            this.actions.open(picture);
        } else if (event.key === ' ') {
            event.preventDefault();
            this.selection.toggle(picture);
        } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            this.selection.selectAll(this.pages.pictures);
        }
    };
}
