import { ApiError, explain } from '../api/client.js';
import { t } from '../i18n/i18n.js';
import { ask } from '../ui/dialog.js';
import { toasts } from '../ui/toast.js';

/** @import { Deleted, Picture } from '../api/types.js' */
/** @import { Pages } from './pages.js' */
/** @import { Selection } from './selection.js' */

/** How long somebody can still think better of it. Nothing has been sent until then. */
const UNDO_MS = 8_000;
/** How many one request may name. */
const CHUNK = 100;

/** Deletes pictures, a few seconds after somebody has said so. */
export class Deletion {
    /** @type {Set<{ pictures: Picture[], timer: number, close: () => void }>} */
    #pending = new Set();

    /**
     * @param {{
     *     pages: Pages,
     *     selection: Selection,
     *     remove: (ids: number[], keepalive: boolean) => Promise<Deleted>,
     *     onUndone: (pictures: Picture[]) => void,
     * }} parts
     */
    constructor({ pages, selection, remove, onUndone }) {
        this.pages = pages;
        this.selection = selection;
        this.remove = remove;
        this.onUndone = onUndone;
        // whoever leaves has had the time to think better of it
        addEventListener('pagehide', () => this.#pending.forEach((batch) => this.#send(batch, true)));
    }

    /** @param {Picture[]} pictures @returns {Promise<boolean>} whether they are gone from the page */
    async begin(pictures) {
        if (pictures.length > CHUNK && !(await this.#isMeant(pictures.length))) {
            return false;
        }
        this.pages.hide(pictures);
        this.selection.clear(pictures.map(({ id }) => id));
        const batch = { pictures, timer: 0, close: () => {} };
        batch.close = toasts.add('delete.pending', { n: pictures.length }, {
            life: UNDO_MS,
            action: { key: 'undo', run: () => this.#undo(batch) },
        });
        batch.timer = setTimeout(() => this.#send(batch, false), UNDO_MS);
        this.#pending.add(batch);
        return true;
    }

    /** Brings back what was deleted last, if that can be undone. */
    undo() {
        const last = [...this.#pending].at(-1);
        if (last) {
            this.#undo(last);
        }
    }

    /** @param {number} count */
    #isMeant(count) {
        return ask({
            title: t('delete.many', { n: count }),
            text: t('delete.manyText'),
            yes: t('delete.yes', { n: count }),
            isDangerous: true,
        });
    }

    /** @param {{ pictures: Picture[], timer: number, close: () => void }} batch */
    #undo(batch) {
        clearTimeout(batch.timer);
        batch.close();
        this.#pending.delete(batch);
        this.pages.unhide(batch.pictures);
        this.onUndone(batch.pictures);
    }

    /** @param {{ pictures: Picture[], timer: number, close: () => void }} batch @param {boolean} keepalive */
    async #send(batch, keepalive) {
        clearTimeout(batch.timer);
        batch.close();
        this.#pending.delete(batch);
        let deleted = 0;
        for (let start = 0; start < batch.pictures.length; start += CHUNK) {
            const some = batch.pictures.slice(start, start + CHUNK);
            const ids = some.map(({ id }) => id);
            try {
                deleted += (await this.remove(ids, keepalive)).deletedCount;
            } catch (error) {
                if (!(error instanceof ApiError) || error.code !== 'images_not_found') {
                    const left = batch.pictures.slice(start);
                    this.pages.unhide(left);
                    toasts.add('delete.failed', { n: left.length, why: explain(/** @type {ApiError} */ (error)) }, {
                        isAlarming: true,
                        life: UNDO_MS,
                    });
                    break;
                }
            }
            this.pages.forget(ids);
        }
        this.#tell(deleted, batch.pictures.length);
    }

    /** @param {number} deleted @param {number} wanted */
    #tell(deleted, wanted) {
        if (deleted === wanted) {
            toasts.add('delete.done', { n: deleted });
        } else if (deleted > 0) {
            toasts.add('delete.some', { n: deleted, others: wanted - deleted });
        }
    }
}
