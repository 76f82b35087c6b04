import '../filing/style.js';
import { html, nothing } from '../lib/lit/lit-html.js';
import { putInto } from '../api/albums.js';
import { explain } from '../api/client.js';
import { Store } from '../base/store.js';
import { t } from '../i18n/i18n.js';
import { chooseAlbum } from '../filing/choosers.js';
import { known } from '../filing/known.js';
import { TagField } from '../filing/tags.js';
import { icon } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';
import { addressOf, albumQuery, EVERYTHING } from './pages.js';

/** @import { Picture } from '../api/types.js' */

/** The tags of the picture that is looked at, and the albums that it is in. */
export class Filed extends Store {
    /** @type {number[] | null} null until it is known */
    #albums = null;
    #id = 0;
    /** @type {TagField} */
    #field;

    /**
     * @param {{ get: (id: number) => Promise<Picture>, change: (id: number, what: object) => Promise<Picture> }} actions
     */
    constructor(actions) {
        super();
        this.actions = actions;
        this.#field = new TagField({ id: 'picture-tags', onChange: (tags) => this.#tag(tags) });
        [known, this.#field].forEach((store) => store.addEventListener('change', () => this.changed()));
    }

    /** Looks up where this picture is, if it is another than the one before. @param {number} id */
    async look(id) {
        if (id !== this.#id) {
            this.#id = id;
            this.#albums = null;
            this.#field.choose([]);
            await this.#ask().catch(() => {
                // the viewer itself tells what is wrong with the picture
            });
        }
    }

    /** Asks anew when it is looked at the next time. */
    forget() {
        this.#id = 0;
    }

    async #ask() {
        const id = this.#id;
        const { tags = [], albums = [] } = await this.actions.get(id);
        if (id === this.#id) {
            this.#albums = albums;
            this.#field.choose(tags);
        }
        if (albums.some((album) => known.nameOf(album) === undefined)) {
            await known.askForAlbums();
        }
    }

    /** @param {string[]} tags */
    async #tag(tags) {
        const id = this.#id;
        await this.#told(async () => {
            const changed = await this.actions.change(id, { tags });
            if (id === this.#id) {
                this.#field.choose(changed.tags ?? []);
            }
            void known.askForTags().catch(() => {});
        });
    }

    async #choose() {
        const id = this.#id;
        const album = await chooseAlbum({ title: t('bulk.albumTitle', { n: 1 }), mayMake: true });
        if (album) {
            await this.#told(async () => {
                await putInto(album.id, [id]);
                toasts.add('bulk.album', { n: 1, name: album.name });
            });
        }
    }

    /** Says if something fails, and shows how it is. @param {() => Promise<void>} action */
    async #told(action) {
        try {
            await action();
        } catch (error) {
            toasts.add('failedWith', { why: explain(/** @type {any} */ (error)) }, { isAlarming: true });
        }
        await this.#ask().catch(() => {});
    }

    /** @param {boolean} mayManage */
    template(mayManage) {
        if (this.#albums === null) {
            return nothing;
        }
        const address = (/** @type {string} */ tag) => addressOf({ ...EVERYTHING, tag });
        return html`
            ${mayManage
                ? this.#field.template({ label: t('tags'), linkTo: address })
                : html`<div class="tag-field"><h3>${t('tags')}</h3><ul class="chips">${this.#field.tags.map((tag) =>
                    html`<li class="chip"><a href=${address(tag)}>${tag}</a></li>`)}</ul></div>`}
            <section class="in-albums">
                <h3>${t('nav.albums')}</h3>
                <ul class="chips">${this.#albums.map((id) => html`<li class="chip">
                    <a href=${addressOf(albumQuery(String(id)))}>${icon('album')}${known.nameOf(id) ?? id}</a></li>`)}</ul>
                ${mayManage ? html`<button @click=${() => this.#choose()}>${icon('plus')}${t('bulk.albumLabel')}</button>`
                    : nothing}
            </section>`;
    }
}
