import { changeMany, putInto } from '../api/albums.js';
import { allowance, isWell } from '../api/client.js';
import { check, uploadLink, uploadOne, uploadSeveral } from '../api/images.js';
import { digestOf } from './digest.js';
import { Queue } from './queue.js';
import { showQueue } from './rows.js';

/** @import { Filing } from '../api/types.js' */

/** Puts pictures that are there already where an upload would have put them. @param {number[]} ids @param {Filing} filing */
async function file(ids, { album, tags }) {
    if (album) {
        await putInto(album.id, ids);
    }
    if (tags.length > 0) {
        await changeMany(ids, { addTags: tags });
    }
}

/** Begins a queue that is shown there. @param {HTMLElement} container @param {() => boolean} mayFile @returns {Queue} */
export function startQueue(container, mayFile) {
    const queue = new Queue({
        digestOf,
        check,
        uploadOne,
        uploadSeveral,
        uploadLink,
        file,
        mayFile,
        isWell,
        remaining: () => allowance.remaining,
    });
    showQueue(container, queue);
    addEventListener('beforeunload', (event) => {
        if (queue.isBusy) {
            event.preventDefault();
        }
    });
    addEventListener('online', () => queue.pause?.reason === 'unreachable' && queue.resume());
    return queue;
}
