import { html, nothing } from '../lib/lit/lit-html.js';
import { ApiError, explain } from '../api/client.js';
import { address } from '../api/images.js';
import { settings } from '../base/settings.js';
import { number, percent, t } from '../i18n/i18n.js';
import { openDialog } from '../ui/dialog.js';
import { icon } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';
import { isTyping, notice } from '../ui/view.js';
import { details } from './details.js';
import { Filed } from './filed.js';
import { Stage } from './stage.js';

/** @import { Picture, Scope } from '../api/types.js' */
/** @import { Dialog } from '../ui/dialog.js' */
/** @import { Pages } from './pages.js' */

/** How near the end the next page is asked for. */
const NEAR = 20;

/** One picture that fills the window, with those before and after it at the arrow keys. */
export class Viewer {
    /** @type {Dialog | null} */
    #dialog = null;
    #id = 0;
    /** @type {Picture | null} */
    #picture = null;
    /** @type {ApiError | null} */
    #error = null;
    #hasDetails = false;
    /** @type {Filed} */
    #filed;
    /** What the picture is shown on. */
    #stage = new Stage({ draw: () => this.#dialog?.draw(), turn: (step) => this.#turn(step) });

    /**
     * @param {{
     *     pages: Pages,
     *     get: (id: number) => Promise<Picture>,
     *     change: (id: number, what: object) => Promise<Picture>,
     *     copy: (pictures: Picture[]) => void,
     *     remove: (pictures: Picture[]) => Promise<boolean>,
     *     may: (scope: Scope) => boolean,
     *     show: (id: number) => void,
     *     leave: () => void,
     * }} actions
     */
    constructor(actions) {
        this.actions = actions;
        this.#filed = new Filed(actions);
    }

    get isOpen() {
        return this.#dialog !== null;
    }

    /** The picture that is shown, or was. */
    get id() {
        return this.#id;
    }

    /** Shows the picture with this id. @param {number} id */
    async open(id) {
        this.#id = id;
        this.#stage.clear();
        this.#error = null;
        this.#picture = this.actions.pages.pictures[this.actions.pages.place(id)] ?? null;
        if (this.#dialog) {
            this.#dialog.draw();
        } else {
            this.#openDialog();
        }
        if (!this.#picture) {
            await this.#lookUp(id);
        }
        this.#learn();
    }

    /** What else there is to know of the picture is asked for if somebody wants to see it. */
    #learn() {
        if (this.#hasDetails && !this.#error) {
            void this.#filed.look(this.#id);
        }
    }

    close() {
        this.#dialog?.close();
    }

    #openDialog() {
        this.#dialog = openDialog(() => this.#template(), {
            className: 'viewer',
            fillsWindow: true,
            label: t('viewer'),
            stores: [this.actions.pages, this.#filed],
            onClose: () => {
                this.#dialog = null;
                this.#filed.forget();
                this.#stage.leave();
            },
        });
        this.#stage.enter(/** @type {HTMLElement} */ (this.#dialog.element.querySelector('.stage')));
        this.#dialog.element.addEventListener('cancel', (event) => {
            event.preventDefault();
            this.actions.leave();
        });
        this.#dialog.element.addEventListener('keydown', (event) => this.#onKey(event));
        this.#dialog.draw();
    }

    /** @param {number} id */
    async #lookUp(id) {
        try {
            const picture = await this.actions.get(id);
            this.#picture = this.#id === id ? picture : this.#picture;
        } catch (error) {
            this.#error = this.#id === id ? /** @type {ApiError} */ (error) : this.#error;
        }
        this.#dialog?.draw();
    }

    get #place() {
        return this.actions.pages.place(this.#id);
    }

    /** @param {number} step */
    #turn(step) {
        const { pages } = this.actions;
        const next = this.#place < 0 ? undefined : pages.pictures[this.#place + step];
        if (next) {
            this.actions.show(next.id);
        }
        if (this.#place > pages.pictures.length - NEAR) {
            void pages.more();
        }
    }

    #template() {
        const { pages } = this.actions;
        const picture = pages.pictures[this.#place] ?? this.#picture;
        const place = this.#place;
        const { zoom } = this.#stage;
        return html`
            <header class="viewer-bar">
                <button class="quiet icon-only" aria-label=${t('close')} title=${t('close')}
                    @click=${this.actions.leave}>${icon('close')}</button>
                <span class="viewer-title">
                    <strong>${picture?.originalName ?? ''}</strong>
                    ${place >= 0 ? html`<span>${number(place + 1)} / ${number(pages.count)}</span>` : nothing}
                </span>
                ${picture ? this.#buttons(picture) : nothing}
            </header>
            <div class="viewer-body">
                <div class="stage ${zoom ? 'zoomed' : ''}" tabindex=${zoom ? 0 : nothing}
                        role=${zoom ? 'region' : nothing} aria-label=${zoom ? t('viewer.zoomed') : nothing}
                        @pointerdown=${this.#stage.onPress} @pointermove=${this.#stage.onMove}
                        @pointerup=${this.#stage.onRelease} @wheel=${(/** @type {WheelEvent} */ event) =>
                            this.#stage.onWheel(event, picture)}
                        @dblclick=${() => this.#stage.zoomTo(zoom ? 0 : 1)}>
                    ${this.#error ? this.#failure(this.#error) : picture ? this.#image(picture) : nothing}
                </div>
                ${place > 0 ? html`<button class="turn before" aria-label=${t('viewer.before')}
                    @click=${() => this.#turn(-1)}>${icon('left')}</button>` : nothing}
                ${place >= 0 && place < pages.pictures.length - 1 ? html`<button class="turn after"
                    aria-label=${t('viewer.after')} @click=${() => this.#turn(1)}>${icon('right')}</button>` : nothing}
                ${this.#hasDetails && picture ? html`<aside class="details" aria-label=${t('details')}>
                    ${details(picture, {
                        mayManage: this.actions.may('manage'),
                        filed: this.#filed,
                        change: (what) => this.#change(picture, what),
                    })}
                </aside>` : nothing}
            </div>`;
    }

    /** @param {Picture} picture */
    #buttons(picture) {
        return html`<span class="viewer-buttons">
            <span class="zoom">
                <button class="quiet icon-only" aria-label=${t('viewer.smaller')} title=${t('viewer.smaller')}
                    @click=${() => this.#stage.step(picture, -1)}>${icon('minus')}</button>
                <button class="quiet" title=${t('viewer.fit')} aria-label=${t('viewer.fit')}
                    @click=${() => this.#stage.zoomTo(0)}>${percent(this.#stage.scale(picture))}</button>
                <button class="quiet icon-only" aria-label=${t('viewer.larger')} title=${t('viewer.larger')}
                    @click=${() => this.#stage.step(picture, 1)}>${icon('plus')}</button>
            </span>
            <button class="quiet icon-only" aria-label=${t('copy.link')} title=${t('copy.link')}
                @click=${() => this.actions.copy([picture])}>${icon('copy')}</button>
            ${'share' in navigator ? html`<button class="quiet icon-only" aria-label=${t('share')} title=${t('share')}
                @click=${() => share(picture)}>${icon('share')}</button>` : nothing}
            <a class="button quiet icon-only" href=${address(picture, '?download')} download
                aria-label=${t('download')} title=${t('download')}>${icon('download')}</a>
            <button class="quiet icon-only" aria-label=${t('delete')} title=${t('delete')}
                @click=${() => this.#remove(picture)}>${icon('trash')}</button>
            <button class="quiet icon-only" aria-label=${t('details')} title=${t('details')}
                aria-pressed=${this.#hasDetails} @click=${() => this.#toggleDetails()}>${icon('info')}</button>
        </span>`;
    }

    /** @param {Picture} picture */
    #image(picture) {
        const { zoom } = this.#stage;
        const source = this.#stage.source(picture);
        return html`<img class="shown" alt=${picture.originalName} src=${address(picture, source)} draggable="false"
            width=${picture.width} height=${picture.height}
            .style=${zoom ? `width:${Math.round(picture.width * zoom / devicePixelRatio)}px` : ''}
            @error=${() => this.#onBroken(picture, source)}>`;
    }

    /** @param {ApiError} error */
    #failure(error) {
        return notice({
            picture: error.status === 404 ? 'picture' : 'warning',
            title: error.status === 404 ? t('viewer.gone') : explain(error),
            actions: html`<button @click=${this.actions.leave}>${t('viewer.back')}</button>`,
        });
    }

    /** A size may be forbidden, and a picture gone. @param {Picture} picture @param {string} source */
    #onBroken(picture, source) {
        if (source !== '') {
            this.#stage.insist();
        } else if (picture.id === this.#id) {
            this.#error = new ApiError(-1, 'picture_broken');
            void this.#lookUp(picture.id);
        }
    }

    #toggleDetails() {
        this.#hasDetails = !this.#hasDetails;
        this.#learn();
        this.#dialog?.draw();
    }

    /** @param {Picture} picture */
    async #remove(picture) {
        const place = this.#place;
        if (await this.actions.remove([picture])) {
            const { pictures } = this.actions.pages;
            const next = pictures[Math.min(place, pictures.length - 1)];
            if (place >= 0 && next) {
                this.actions.show(next.id);
            } else {
                this.actions.leave();
            }
        }
    }

    /** @param {Picture} picture @param {object} what */
    async #change(picture, what) {
        try {
            this.#picture = await this.actions.change(picture.id, what);
            toasts.add('saved');
        } catch (error) {
            toasts.add('failedWith', { why: explain(/** @type {ApiError} */ (error)) }, { isAlarming: true });
        }
        this.#dialog?.draw();
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) {
            return;
        }
        const picture = this.actions.pages.pictures[this.#place] ?? this.#picture;
        /** @type {Record<string, () => unknown>} */
        const letters = settings.get('keys') === 'on' && picture ? {
            c: () => this.actions.copy([picture]),
            i: () => this.#toggleDetails(),
        } : {};
        /** @type {Record<string, () => unknown>} */
        const keys = {
            ArrowLeft: () => this.#turn(-1),
            ArrowRight: () => this.#turn(1),
            '+': () => picture && this.#stage.step(picture, 1),
            '=': () => picture && this.#stage.step(picture, 1),
            '-': () => picture && this.#stage.step(picture, -1),
            '0': () => this.#stage.zoomTo(0),
            Delete: () => picture && this.#remove(picture),
            ...letters,
        };
        const isScrolling = this.#stage.zoom > 0 && event.key.startsWith('Arrow');
        if (event.key in keys && !isScrolling) {
            event.preventDefault();
            keys[event.key]();
        }
    }
}

/** @param {Picture} picture */
async function share({ originalName, url }) {
    try {
        await navigator.share({ title: originalName, url });
    } catch {
        // whoever closes the browser's dialog shares nothing
    }
}
