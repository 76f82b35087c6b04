import { html } from '../lib/lit/lit-html.js';
import { changeMany, MOST_CHANGED, MOST_FILED, putInto, takeOut } from '../api/albums.js';
import { explain } from '../api/client.js';
import { t } from '../i18n/i18n.js';
import { openDialog } from '../ui/dialog.js';
import { toasts } from '../ui/toast.js';
import { chooseAlbum } from '../filing/choosers.js';
import { life, LIVES } from '../filing/life.js';
import { TagField } from '../filing/tags.js';
import { chunks, Work } from '../filing/work.js';
import { addressOf, albumQuery } from './pages.js';

/** @import { Album, Picture, Tag } from '../api/types.js' */
/** @import { Key, Values } from '../i18n/i18n.js' */
/** @import { Outcome, Step } from '../filing/work.js' */
/** @import { Pages } from './pages.js' */
/** @import { Selection } from './selection.js' */

const VIEWS = [1, 10, 100];
/** How long it is shown what has become of many pictures. */
const LIFE_MS = 8_000;
/** @type {Record<string, number>} */
const UNITS = { h: 3_600_000, d: 86_400_000 };

/** What is done with many pictures at once. What it is not done for stays selected. */
export class Bulk {
    work = new Work();

    /** @param {{ pages: Pages, selection: Selection }} parts */
    constructor({ pages, selection }) {
        this.pages = pages;
        this.selection = selection;
    }

    /** @param {Picture[]} pictures */
    async putIntoAlbum(pictures) {
        const album = await chooseAlbum({ title: t('bulk.albumTitle', { n: pictures.length }), mayMake: true });
        if (album) {
            const outcome = await this.#run(pictures, MOST_FILED, (ids, signal) => putInto(album.id, ids, { signal }));
            this.#tell('bulk.album', outcome, { name: album.name }, outcome.done.length > 0 ? album : null);
        }
    }

    /** @param {Picture[]} pictures @param {Album} album the one that is shown */
    async takeOutOfAlbum(pictures, album) {
        const outcome = await this.#run(pictures, MOST_FILED, async (ids, signal) => {
            await takeOut(album.id, ids, signal);
            // whoever was quicker has done the same
            return { notFound: [] };
        });
        this.pages.release(outcome.done);
        this.#tell('bulk.takenOut', outcome, { name: album.name });
    }

    /** @param {Picture[]} pictures */
    async changeTags(pictures) {
        const tags = await askForTags(pictures);
        if (tags && tags.add.length + tags.remove.length > 0) {
            const what = { addTags: tags.add, removeTags: tags.remove };
            const outcome = await this.#run(pictures, MOST_CHANGED, (ids, signal) => changeMany(ids, what, signal));
            this.#show(pictures, outcome, ({ tags: before = [] }) => ({ tags: retagged(before, tags) }));
            this.#tell('bulk.tags', outcome);
        }
    }

    /** @param {Picture[]} pictures */
    async changeSharing(pictures) {
        const what = await askForSharing(pictures.length);
        if (what && Object.keys(what).length > 0) {
            const outcome = await this.#run(pictures, MOST_CHANGED, (ids, signal) => changeMany(ids, what, signal));
            const now = shownAs(what);
            this.#show(pictures, outcome, () => now);
            this.#tell('bulk.sharing', outcome);
        }
    }

    /**
     * @param {Picture[]} pictures
     * @param {number} most how many one request may name
     * @param {(ids: number[], signal: AbortSignal) => Promise<{ notFound: number[] }>} send
     */
    #run(pictures, most, send) {
        /** @type {Step[]} */
        const steps = chunks(pictures.map(({ id }) => id), most).map((ids) => ({
            ids,
            run: async (some, signal) => (await send(some, signal)).notFound,
        }));
        return this.work.run(steps);
    }

    /** @param {Picture[]} pictures @param {Outcome} outcome @param {(picture: Picture) => Partial<Picture>} now what has changed */
    #show(pictures, { done }, now) {
        pictures.filter(({ id }) => done.includes(id))
            .forEach((picture) => this.pages.replace({ ...picture, ...now(picture) }));
    }

    /** @param {Key} key @param {Outcome} outcome @param {Values} [values] @param {{ id: number } | null} [album] to which whoever reads it can go */
    #tell(key, { done, gone, failed, error }, values = {}, album = null) {
        this.pages.forget(gone);
        this.selection.clear([...done, ...gone]);
        const sentences = [
            done.length > 0 ? t(key, { n: done.length, ...values }) : '',
            gone.length > 0 ? t('bulk.gone', { n: gone.length }) : '',
            failed.length > 0 ? t('bulk.failed', { n: failed.length, why: error ? explain(error) : t('bulk.stopped') }) : '',
        ];
        const text = sentences.filter((sentence) => sentence !== '').join(t('sentence.separator'));
        const close = toasts.add('bulk.told', { text }, {
            isAlarming: error !== null,
            life: LIFE_MS,
            ...(album ? { action: { key: 'bulk.showAlbum', run: () => show(album, close) } } : {}),
        });
    }
}

/** @param {{ id: number }} album @param {() => void} close takes away what led there, and has the focus */
function show({ id }, close) {
    document.getElementById('main')?.focus({ preventScroll: true });
    close();
    location.hash = addressOf(albumQuery(String(id)));
}

/** @param {string[]} before @param {{ add: string[], remove: string[] }} tags */
function retagged(before, { add, remove }) {
    return [...new Set([...before.filter((tag) => !remove.includes(tag)), ...add])].sort();
}

/** How pictures look that were changed so. @param {Record<string, any>} what @returns {Partial<Picture>} */
function shownAs({ visibility, expiresIn, expiresAt, maxViews }) {
    const end = expiresIn && new Date(Date.now() + parseInt(expiresIn, 10) * UNITS[expiresIn.slice(-1)]).toISOString();
    return {
        ...(visibility ? { visibility } : {}),
        ...(end || expiresAt === null ? { expiresAt: end ?? null } : {}),
        ...(maxViews === undefined ? {} : { viewsLeft: maxViews }),
    };
}

/** @param {Picture[]} pictures @returns {Promise<{ add: string[], remove: string[] } | null>} null if nobody wants to */
function askForTags(pictures) {
    const add = new TagField({ id: 'tags-to-add' });
    const present = tagsOf(pictures);
    const remove = new TagField({ id: 'tags-to-remove', ...(present.length > 0 ? { among: () => present } : {}) });
    const title = t('bulk.tagsTitle', { n: pictures.length });
    return new Promise((resolve) => {
        /** @type {{ add: string[], remove: string[] } | null} */
        let answer = null;
        openDialog((close) => form({ title, yes: t('bulk.yes', { n: pictures.length }), close }, () => {
            [add, remove].forEach((field) => field.finish());
            answer = { add: add.tags, remove: remove.tags };
        }, html`
            ${add.template({ label: t('bulk.tagsAdd') })}
            ${remove.template({ label: t('bulk.tagsRemove') })}`), {
            className: 'question',
            label: title,
            stores: [add, remove],
            onClose: () => resolve(answer),
        });
    });
}

/** Those that any of the pictures has, as far as that is known. @param {Picture[]} pictures @returns {Tag[]} */
function tagsOf(pictures) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    pictures.flatMap(({ tags = [] }) => tags).forEach((tag) => counts.set(tag, (counts.get(tag) ?? 0) + 1));
    return [...counts].map(([tag, images]) => ({ tag, images }));
}

/** @param {number} count @returns {Promise<object | null>} what to change; null if nobody wants to */
function askForSharing(count) {
    const title = t('bulk.sharingTitle', { n: count });
    /** @type {[string, string]} */
    const kept = ['', t('bulk.keep')];
    return new Promise((resolve) => {
        /** @type {object | null} */
        let answer = null;
        openDialog((close) => form({ title, yes: t('bulk.yes', { n: count }), close }, (data) => {
            const [visibility, end, views] = ['visibility', 'end', 'views'].map((name) => String(data.get(name)));
            answer = {
                ...(visibility ? { visibility } : {}),
                ...(end === 'never' ? { expiresAt: null } : end ? { expiresIn: end } : {}),
                ...(views === 'any' ? { maxViews: null } : views ? { maxViews: Number(views) } : {}),
            };
        }, html`
            ${choice('visibility', t('sharing.who'), [kept, ['public', t('public')], ['private', t('private')]])}
            ${choice('end', t('sharing.end'), [kept, ['never', t('sharing.never')], ...LIVES.map(life)])}
            ${choice('views', t('sharing.views'), [kept, ['any', t('sharing.anyViews')],
                ...VIEWS.map((views) => /** @type {[string, string]} */ ([String(views), String(views)]))])}
            <p class="lead">${t('bulk.sharingText')}</p>`), {
            className: 'question',
            label: title,
            onClose: () => resolve(answer),
        });
    });
}

/** @param {string} name @param {string} label @param {[string, string][]} options */
function choice(name, label, options) {
    return html`<label>${label}<select name=${name}>${options.map(([value, text]) =>
        html`<option value=${value}>${text}</option>`)}</select></label>`;
}

/**
 * @param {{ title: string, yes: string, close: () => void }} words
 * @param {(data: FormData) => void} onSubmit
 * @param {unknown} fields
 */
function form({ title, yes, close }, onSubmit, fields) {
    const finish = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        onSubmit(new FormData(/** @type {HTMLFormElement} */ (event.target)));
        close();
    };
    return html`<h2>${title}</h2>
        <form class="fields" @submit=${finish}>
            ${fields}
            <div class="buttons">
                <button type="button" @click=${close}>${t('cancel')}</button>
                <button class="primary">${yes}</button>
            </div>
        </form>`;
}
