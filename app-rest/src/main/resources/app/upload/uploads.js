import { allowance, isWell } from '../api/client.js';
import { check, uploadLink, uploadOne, uploadSeveral } from '../api/images.js';
import { digestOf } from './digest.js';
import { Queue } from './queue.js';
import { showQueue } from './rows.js';

/** Begins a queue that is shown there. @param {HTMLElement} container @returns {Queue} */
export function startQueue(container) {
    const queue = new Queue({
        digestOf,
        check,
        uploadOne,
        uploadSeveral,
        uploadLink,
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
