import { t } from '../i18n/i18n.js';

/** @import { Key } from '../i18n/i18n.js' */

/** How long something may last, if not for ever. */
export const LIVES = ['1h', '1d', '7d', '30d', '365d'];

/** When something ends that lasts so long from now on. @param {string} name such as 7d @returns {[string, string]} */
export function life(name) {
    return [name, t(/** @type {Key} */ (`for.${name}`))];
}
