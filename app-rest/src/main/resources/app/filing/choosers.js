import './style.js';
import { html, nothing } from '../lib/lit/lit-html.js';
import { addAlbum } from '../api/albums.js';
import { explain } from '../api/client.js';
import { Store } from '../base/store.js';
import { number, t } from '../i18n/i18n.js';
import { openDialog } from '../ui/dialog.js';
import { icon } from '../ui/icons.js';
import { known } from './known.js';

/** @import { Icon } from '../ui/icons.js' */

/** With more than these, they can be searched. */
const FEW = 8;

/** @typedef {{ key: string, name: string, images: number, icon: Icon }} Choice */

/** What is being chosen. */
class Choosing extends Store {
    text = '';
    error = '';
    isBusy = false;

    /** @param {Partial<Choosing>} change */
    set(change) {
        Object.assign(this, change);
        this.changed();
    }
}

/**
 * Lets somebody choose an album, or make one.
 *
 * @param {{ title: string, none?: string, mayMake?: boolean, present?: string }} options `none` what it is called to
 *     choose none, `present` the id of what is chosen now
 * @returns {Promise<{ id: number, name: string } | null | undefined>} null for none; undefined if nobody has chosen
 */
export async function chooseAlbum({ title, none, mayMake = false, present }) {
    const chosen = await choose({
        title,
        none,
        present,
        empty: t('albums.none'),
        ask: () => known.askForAlbums(),
        choices: () => known.albums?.map(({ id, name, images }) => ({ key: String(id), name, images, icon: 'album' })),
        make: mayMake ? async (name) => String((await addAlbum({ name })).id) : undefined,
    });
    if (chosen === undefined || chosen.key === '') {
        return chosen && null;
    }
    return { id: Number(chosen.key), name: chosen.name };
}

/**
 * Lets somebody choose a tag.
 *
 * @param {{ title: string, none: string, present: string }} options
 * @returns {Promise<string | undefined>} empty for none; undefined if nobody has chosen
 */
export async function chooseTag({ title, none, present }) {
    const chosen = await choose({
        title,
        none,
        present,
        empty: t('tags.none'),
        ask: () => known.askForTags(),
        choices: () => known.tags?.map(({ tag, images }) => ({ key: tag, name: tag, images, icon: 'tag' })),
    });
    return chosen?.key;
}

/**
 * @param {{
 *     title: string,
 *     none?: string,
 *     present?: string,
 *     empty: string,
 *     ask: () => Promise<void>,
 *     choices: () => Choice[] | undefined,
 *     make?: (name: string) => Promise<string>,
 * }} options `make` answers the key of what is new
 * @returns {Promise<{ key: string, name: string } | undefined>}
 */
function choose({ title, none, present, empty, ask, choices, make }) {
    const choosing = new Choosing();
    ask().catch((error) => choosing.set({ error: explain(error) }));
    return new Promise((resolve) => {
        /** @type {{ key: string, name: string } | undefined} */
        let answer;
        const take = (/** @type {string} */ key, /** @type {string} */ name) => {
            answer = { key, name };
            dialog.close();
        };
        const finish = async (/** @type {SubmitEvent} */ event) => {
            event.preventDefault();
            const name = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('name')).trim();
            choosing.set({ isBusy: true, error: '' });
            try {
                take(await /** @type {(name: string) => Promise<string>} */ (make)(name), name);
            } catch (error) {
                choosing.set({ isBusy: false, error: explain(/** @type {any} */ (error)) });
            }
        };
        const dialog = openDialog((close) => html`
            <div class="dialog-head"><h2>${title}</h2>
                <button class="quiet icon-only" aria-label=${t('close')} @click=${close}>${icon('close')}</button></div>
            ${list({ choosing, all: choices(), none, present, empty, take })}
            ${choosing.error ? html`<p class="remark alarming" role="alert">${choosing.error}</p>` : nothing}
            ${make ? html`<form class="field-and-button" @submit=${finish}>
                <input name="name" required maxlength="100" autocomplete="off" aria-label=${t('albums.newName')}
                    placeholder=${t('albums.newName')}>
                <button class="primary" ?disabled=${choosing.isBusy}>${icon('plus')}${t('albums.makeShort')}</button>
            </form>` : nothing}`, {
            className: 'choosing',
            label: title,
            stores: [known, choosing],
            onClose: () => resolve(answer),
        });
    });
}

/**
 * @param {{ choosing: Choosing, all: Choice[] | undefined, none?: string, present?: string, empty: string,
 *     take: (key: string, name: string) => void }} parts
 */
function list({ choosing, all, none, present, empty, take }) {
    if (all === undefined) {
        return choosing.error ? nothing : html`<p class="waiting-for">${t('loading')} …</p>`;
    }
    const wanted = choosing.text.trim().toLowerCase();
    const found = all.filter(({ name }) => name.toLowerCase().includes(wanted));
    const typed = (/** @type {{ target: HTMLInputElement }} */ { target }) => choosing.set({ text: target.value });
    return html`
        ${all.length > FEW ? html`<input type="search" autocomplete="off" aria-label=${t('choose.search')}
            placeholder=${t('choose.search')} .value=${choosing.text} @input=${typed}>` : nothing}
        <ul class="options">
            ${none && wanted === '' ? option({ key: '', name: none, isPresent: present === '', take }) : nothing}
            ${found.map((choice) => option({ ...choice, isPresent: choice.key === present, take }))}
        </ul>
        ${found.length === 0 ? html`<p class="lead">${all.length === 0 ? empty : t('gallery.nothing')}</p>` : nothing}`;
}

/** @param {{ key: string, name: string, images?: number, icon?: Icon, isPresent: boolean, take: (key: string, name: string) => void }} option */
function option({ key, name, images, icon: picture, isPresent, take }) {
    return html`<li><button class="quiet" aria-current=${isPresent ? 'true' : nothing} @click=${() => take(key, name)}>
        ${icon(isPresent ? 'check' : picture ?? 'close')}<span class="words">${name}</span>
        ${images === undefined ? nothing : html`<span class="number">${number(images)}</span>`}</button></li>`;
}
