/** @import { Grabbed } from './panel.js' */

/**
 * What somebody has dropped, pasted or chosen.
 *
 * @typedef {object} Collected
 * @property {File[]} files in the order of the folders
 * @property {string[]} links to pictures elsewhere
 * @property {number} hidden how many files were left out since their names begin with a dot
 */

/** What a file manager adds to folders. */
const HIDDEN = /^(\.|Thumbs\.db$|desktop\.ini$)/i;

/** @param {Iterable<File>} files @returns {Collected} */
export function collectFiles(files) {
    const all = [...files];
    const wanted = all.filter((file) => !HIDDEN.test(file.name) && !isInHiddenFolder(file));
    return { files: wanted, links: [], hidden: all.length - wanted.length };
}

/** @param {File} file */
function isInHiddenFolder(file) {
    return file.webkitRelativePath.split('/').some((name) => name.startsWith('.'));
}

/**
 * All that was dropped or pasted, with the files in all folders.
 *
 * @param {Grabbed} grabbed
 * @returns {Promise<Collected>}
 */
export async function collectGrabbed({ entries, files, text }) {
    /** @type {Collected} */
    const collected = { files: [], links: [], hidden: 0 };
    for (const [index, entry] of entries.entries()) {
        const file = files[index];
        if (entry?.isDirectory) {
            await walk(/** @type {FileSystemDirectoryEntry} */ (entry), collected);
        } else if (file) {
            add(file, collected);
        }
    }
    return { ...collected, links: entries.length === 0 ? linksIn(text) : [] };
}

/** The links to pages or pictures in a text that has nothing else. @param {string} text @returns {string[]} */
export function linksIn(text) {
    const lines = text.split(/\s+/).filter((line) => line !== '' && !line.startsWith('#'));
    return lines.every((line) => /^https?:\/\/\S+$/i.test(line)) ? lines : [];
}

/** @param {FileSystemDirectoryEntry} folder @param {Collected} collected */
async function walk(folder, collected) {
    for (const entry of await entriesOf(folder)) {
        if (entry.isDirectory) {
            if (!HIDDEN.test(entry.name)) {
                await walk(/** @type {FileSystemDirectoryEntry} */ (entry), collected);
            }
        } else {
            add(await fileOf(/** @type {FileSystemFileEntry} */ (entry)), collected);
        }
    }
}

/** A reader gives at most 100 at once, and nothing when there are no more. @param {FileSystemDirectoryEntry} folder */
async function entriesOf(folder) {
    const reader = folder.createReader();
    /** @type {FileSystemEntry[]} */
    const all = [];
    for (;;) {
        /** @type {FileSystemEntry[]} */
        const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (some.length === 0) {
            return all.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
        }
        all.push(...some);
    }
}

/** @param {FileSystemFileEntry} entry @returns {Promise<File>} */
function fileOf(entry) {
    return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** @param {File} file @param {Collected} collected */
function add(file, collected) {
    if (HIDDEN.test(file.name)) {
        collected.hidden++;
    } else {
        collected.files.push(file);
    }
}
