import { html, nothing } from '../lib/lit/lit-html.js';
import { Store } from '../base/store.js';
import { size, t } from '../i18n/i18n.js';
import { icon } from '../ui/icons.js';
import { isTyping, show } from '../ui/view.js';

/** @import { Filing } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */
/** @import { Collected } from './collect.js' */

/** Where nobody drops anything. */
const TOUCH = matchMedia('(hover: none)');

/**
 * What a browser tells of a drop as long as it lasts; it is gone as soon as the event is over.
 *
 * @typedef {object} Grabbed
 * @property {(FileSystemEntry | null)[]} entries files and folders
 * @property {(File | null)[]} files as many
 * @property {string} text links, if there are no files
 */

/** @param {DataTransfer} transfer @returns {Grabbed} */
export function grab(transfer) {
    const items = [...transfer.items].filter(({ kind }) => kind === 'file');
    return {
        entries: items.map((item) => item.webkitGetAsEntry?.() ?? null),
        files: items.map((item) => item.getAsFile()),
        text: transfer.getData('text/uri-list') || transfer.getData('text/plain'),
    };
}

/** What the panel looks like, and what it says. */
export class PanelState extends Store {
    /** Whether there is nothing else on the page, so that it is large. */
    isAlone = false;
    isAsking = false;
    isUnderDrag = false;
    /** In bytes; 0 if nobody knows. */
    maxFileSize = 0;
    /** @type {string[]} */
    mimeTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
    /** Whether it may be said where pictures are put. */
    mayFile = false;
    /** Whether albums may be made. */
    mayMake = false;
    /** What has been said for the next pictures. @type {Partial<Filing>} */
    filing = {};
    /** The album that is shown, into which they go if nothing else is said. @type {Filing['album']} */
    here = null;
    /** What is shown to say more; null as long as nobody wants to. @type {((state: PanelState) => unknown) | null} */
    options = null;

    /** @param {Partial<PanelState>} change */
    set(change) {
        Object.assign(this, change);
        this.changed();
    }

    /** Where the next pictures are put. @returns {Filing} */
    get next() {
        return { album: this.here, tags: [], visibility: '', expiresIn: '', ...this.filing };
    }
}

/**
 * Where pictures come in: by dropping or pasting them anywhere, by choosing them, or by a link.
 *
 * @param {HTMLElement} container
 * @param {PanelState} state
 * @param {(collected: Collected) => void} onCollected
 */
export function showPanel(container, state, onCollected) {
    const take = async (/** @type {Grabbed} */ grabbed) => {
        const { collectGrabbed } = await import('./collect.js');
        offer(await collectGrabbed(grabbed));
    };
    const choose = async (/** @type {{ target: HTMLInputElement }} */ { target }) => {
        const { collectFiles } = await import('./collect.js');
        offer(collectFiles(target.files ?? []));
        target.value = '';
    };
    const offer = (/** @type {Collected} */ collected) => {
        if (collected.files.length + collected.links.length + collected.hidden > 0) {
            onCollected(collected);
        }
    };
    const fetchLink = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const form = /** @type {HTMLFormElement} */ (event.target);
        offer({ files: [], links: [String(new FormData(form).get('link')).trim()], hidden: 0 });
        form.reset();
        state.set({ isAsking: false });
    };
    const toggleOptions = async () => {
        if (state.options) {
            state.set({ options: null });
        } else {
            const { options } = await import('./options.js');
            state.set({ options: options(state) });
        }
    };
    listen(state, take);
    return show(container, () => html`
        <section class="panel ${state.isAlone ? 'alone' : ''} ${state.isUnderDrag ? 'under-drag' : ''}"
                aria-label=${t('upload')}>
            <div class="panel-words">
                ${state.isAlone ? html`<span class="notice-picture">${icon('picture')}</span>` : nothing}
                <h1>${t(TOUCH.matches ? 'upload.touch' : state.isAlone ? 'upload.first' : 'upload.drop')}</h1>
                ${state.isAlone && !TOUCH.matches ? html`<p>${t('upload.paste')}</p>` : nothing}
                <p class="panel-limits">${limits(state)}</p>
            </div>
            <div class="panel-buttons">
                <button class="primary" @click=${() => press(container, 'files')}>
                    ${icon('upload')}${t('upload.choose')}</button>
                <button class="touch-only" @click=${() => press(container, 'camera')}>
                    ${icon('camera')}<span>${t('upload.camera')}</span></button>
                <button class="no-touch" @click=${() => press(container, 'folder')}>
                    ${icon('folder')}<span>${t('upload.folder')}</span></button>
                <button aria-expanded=${state.isAsking} @click=${() => state.set({ isAsking: !state.isAsking })}>
                    ${icon('link')}<span>${t('upload.link')}</span></button>
                ${state.mayFile ? html`<button aria-expanded=${state.options !== null} @click=${toggleOptions}>
                    ${icon('sliders')}<span>${t('upload.options')}</span></button>` : nothing}
            </div>
            ${state.options ? state.options(state) : state.mayFile ? summary(state) : nothing}
            ${state.isAsking ? html`<form class="panel-link field-and-button" @submit=${fetchLink}>
                <input type="url" name="link" required pattern="https?://.+" autofocus
                    aria-label=${t('upload.linkLabel')} placeholder="https://example.com/cat.jpg">
                <button class="primary">${t('upload.fetch')}</button>
            </form>` : nothing}
            <input type="file" data-input="files" multiple accept="image/*" hidden @change=${choose}>
            <input type="file" data-input="camera" accept="image/*" capture="environment" hidden @change=${choose}>
            <input type="file" data-input="folder" webkitdirectory hidden @change=${choose}>
        </section>
        ${state.isUnderDrag ? html`<div class="drop-hint" aria-hidden="true"><span>
            ${icon('upload')}${t('upload.release')}</span></div>` : nothing}`, state);
}

/** What holds for the next pictures, as long as nobody changes it. @param {PanelState} state */
function summary(state) {
    const { album, tags, visibility, expiresIn } = state.next;
    const words = [
        album ? t('upload.into', { name: album.name }) : '',
        tags.length > 0 ? t('upload.tagged', { tags: tags.join(t('list.separator')) }) : '',
        visibility ? t(visibility) : '',
        expiresIn ? t('upload.ends', { end: t(/** @type {Key} */ (`for.${expiresIn}`)) }) : '',
    ].filter((word) => word !== '');
    return words.length === 0 ? nothing : html`<p class="panel-filing">${icon('album')}<span>${words.join(' · ')}</span></p>`;
}

/** @param {PanelState} state */
function limits({ maxFileSize, mimeTypes }) {
    const types = mimeTypes.map((type) => type.slice('image/'.length).toUpperCase()).join(' · ');
    return maxFileSize > 0 ? t('upload.limits', { types, size: size(maxFileSize) }) : types;
}

/** A button, since the browser's own field speaks the browser's language. @param {HTMLElement} container @param {string} name */
function press(container, name) {
    /** @type {HTMLInputElement | null} */ (container.querySelector(`[data-input="${name}"]`))?.click();
}

/** Takes what is dropped anywhere but where it means something else, and what is pasted outside of fields. @param {PanelState} state @param {(grabbed: Grabbed) => Promise<void>} take */
function listen(state, take) {
    let depth = 0;
    const hover = (/** @type {number} */ change) => {
        depth = Math.max(0, depth + change);
        if (state.isUnderDrag !== depth > 0) {
            state.set({ isUnderDrag: depth > 0 });
        }
    };
    addEventListener('dragenter', (event) => hover(carries(event) ? 1 : 0));
    addEventListener('dragleave', (event) => hover(carries(event) ? -1 : 0));
    addEventListener('dragover', (event) => carries(event) && event.preventDefault());
    addEventListener('drop', (event) => {
        hover(-depth);
        if (event.dataTransfer && carries(event) && !event.defaultPrevented) {
            event.preventDefault();
            void take(grab(event.dataTransfer));
        }
    });
    addEventListener('paste', (event) => {
        if (event.clipboardData && !isTyping(event)) {
            void take(grab(event.clipboardData));
        }
    });
}

/** Whether a drag carries files or links, and none of the page's own pictures. @param {DragEvent} event */
function carries({ dataTransfer }) {
    const types = dataTransfer?.types ?? [];
    return types.includes('Files') || types.includes('text/uri-list');
}
