import { listAlbums, listTags } from '../api/albums.js';
import { Store } from '../base/store.js';

/** @import { Album, Tag } from '../api/types.js' */

/** The albums and tags that there are, as far as anybody has asked. */
class Known extends Store {
    /** @type {Album[] | null} in the order of their names */
    albums = null;
    /** @type {Tag[] | null} in their order */
    tags = null;

    /** Asks anew; what is there stays until the answer comes. */
    async askForAlbums() {
        this.albums = await listAlbums();
        this.changed();
    }

    /** Asks anew; what is there stays until the answer comes. */
    async askForTags() {
        this.tags = await listTags();
        this.changed();
    }

    /** @param {string | number} album an id, or a name */
    nameOf(album) {
        const all = this.albums ?? [];
        return (all.find(({ id }) => String(id) === String(album)) ?? all.find(({ name }) => name === album))?.name;
    }
}

export const known = new Known();
