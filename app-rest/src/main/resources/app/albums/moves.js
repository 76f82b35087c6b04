import { putInto } from '../api/albums.js';
import { t } from '../i18n/i18n.js';
import { toasts } from '../ui/toast.js';
import { explain } from '../api/client.js';
import { Work } from '../filing/work.js';
import { arranged, calls, stepped } from './order.js';

/** @import { Album, Picture } from '../api/types.js' */
/** @import { Query } from '../api/images.js' */
/** @import { Store } from '../base/store.js' */

/**
 * The pictures of an album.
 *
 * @typedef {Store & {
 *     pictures: Picture[],
 *     album: Album | null,
 *     query: Query,
 *     hasMore: boolean,
 *     arrange: (arrange: (ids: number[]) => number[]) => number[],
 *     release: (ids: number[], isCounted?: boolean) => void,
 *     find: (query: Query) => Promise<void>,
 * }} Wall
 */

/** Moves pictures in an album of one's own order. They are shown there at once, and the service is told afterwards. */
export class Moves {
    /** @type {Promise<void>} one move after the other */
    #last = Promise.resolve();

    /** @param {Wall} pages */
    constructor(pages) {
        this.pages = pages;
    }

    /** Whether there is an album whose pictures somebody has put into an order. */
    get isPossible() {
        return this.pages.album?.order === 'manual';
    }

    /** @param {Picture[]} pictures @param {1 | -1} step */
    step(pictures, step) {
        const ids = pictures.map(({ id }) => id);
        const before = stepped(this.pages.pictures.map(({ id }) => id), ids, step);
        return before === undefined ? Promise.resolve() : this.move(ids, before);
    }

    /** @param {Picture[]} pictures @param {'start' | 'end'} to */
    jump(pictures, to) {
        const ids = pictures.map(({ id }) => id);
        if (to === 'end' && this.pages.hasMore) {
            // they come again with the last page
            this.pages.release(ids, true);
            return this.#tell([{ ids, to }]);
        }
        const rest = this.pages.pictures.find(({ id }) => !ids.includes(id));
        return this.move(ids, to === 'end' ? null : rest?.id ?? null);
    }

    /** @param {number[]} moving @param {number | null} before null for the end of what is loaded */
    move(moving, before) {
        let isSame = true;
        const ids = this.pages.arrange((present) => {
            const after = arranged(present, moving, before);
            isSame = after.every((id, place) => id === present[place]);
            return after;
        });
        return isSame ? Promise.resolve() : this.#tell(calls(ids, moving, !this.pages.hasMore));
    }

    /** @param {{ ids: number[], to: 'start' | 'end' }[]} steps */
    #tell(steps) {
        const id = this.pages.album?.id ?? 0;
        const { query } = this.pages;
        const tell = async () => {
            const { failed, error } = await new Work().run(steps.map(({ ids, to }) => ({
                ids,
                run: async (_, signal) => {
                    await putInto(id, ids, { to, signal });
                    return [];
                },
            })));
            if (failed.length > 0) {
                toasts.add('failedWith', { why: error ? explain(error) : t('bulk.stopped') }, { isAlarming: true });
                if (query === this.pages.query) {
                    // as it is, not as it was to be
                    await this.pages.find(query);
                }
            }
        };
        this.#last = this.#last.then(tell);
        return this.#last;
    }
}
