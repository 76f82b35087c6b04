import { settings } from './base/settings.js';
import { isTyping } from './ui/view.js';

/** @import { Home } from './home.js' */

/**
 * Keys that work wherever nobody types.
 *
 * @param {Home} home
 * @param {() => void} help says what they do
 */
export function listenToKeys(home, help) {
    addEventListener('keydown', (event) => {
        if (isTyping(event) || event.repeat) {
            return;
        }
        const action = isFree(event) ? actionOf(event.key, home, help) : undefined;
        const run = isUndo(event) ? () => home.undo() : action;
        if (run) {
            event.preventDefault();
            void run();
        }
    });
}

/** What is deleted in the viewer is brought back there, too. @param {KeyboardEvent} event */
function isUndo(event) {
    return event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
}

/** Whether neither the browser nor a dialog may mean something else by it. @param {KeyboardEvent} event */
function isFree({ ctrlKey, metaKey, altKey }) {
    return !ctrlKey && !metaKey && !altKey && !document.querySelector('dialog[open]');
}

/** @param {string} key @param {Home} home @param {() => void} help @returns {(() => unknown) | undefined} */
function actionOf(key, home, help) {
    const { pages, selection, grid } = home;
    const meant = selection.count > 0 ? selection.among(pages.pictures) : grid.focused;
    /** @type {Record<string, () => unknown>} */
    const letters = settings.get('keys') === 'on' ? {
        '/': toSearch,
        '?': help,
        f: () => /** @type {HTMLElement | null} */ (document.querySelector('[data-input="find"]'))?.click(),
        u: () => home.chooseFiles(),
        l: () => home.toUploads(),
        g: () => home.toPictures(),
        h: () => home.toEverything(),
        b: () => home.toAlbums(),
        c: () => (meant.length > 0 ? home.copy(meant) : home.copyUploads()),
        a: () => meant.length > 0 && home.putIntoAlbum(meant),
    } : {};
    /** @type {Record<string, () => unknown>} */
    const keys = {
        Escape: () => selection.clear(),
        Delete: () => meant.length > 0 && home.remove(meant),
        ...letters,
    };
    // Caps Lock makes a letter large
    const name = key.length === 1 ? key.toLowerCase() : key;
    return Object.hasOwn(keys, name) ? keys[name] : undefined;
}

/** What stands there gives way to what somebody types now. */
function toSearch() {
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById('search'));
    field?.focus();
    field?.select();
}
