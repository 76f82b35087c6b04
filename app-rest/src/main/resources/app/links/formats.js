import { t } from '../i18n/i18n.js';
import { settings } from '../base/settings.js';

/** @import { Key } from '../i18n/i18n.js' */

/**
 * What a link is made from.
 *
 * @typedef {{ url: string, thumbnailUrl: string, originalName: string, width: number, height: number,
 *     deleteUrl?: string | null }} Linked
 */

/** @typedef {{ url: string, original: string, name: string, width: number, height: number, deletion: string }} Parts */

/** @type {Record<string, { label: Key, write: (parts: Parts) => string }>} */
export const FORMATS = {
    url: { label: 'format.url', write: ({ url }) => url },
    markdown: { label: 'format.markdown', write: (parts) => markdown(parts) },
    html: {
        label: 'format.html',
        write: ({ url, name }) => `<img src="${attribute(url)}" alt="${attribute(name)}">`,
    },
    bbcode: { label: 'format.bbcode', write: ({ url }) => `[img]${url}[/img]` },
    linked: {
        label: 'format.linked',
        write: (parts) => `[${markdown(parts)}](${parts.original})`,
    },
    page: {
        label: 'format.page',
        write: ({ url, original, name }) =>
            `<a href="${attribute(original)}"><img src="${attribute(url)}" alt="${attribute(name)}"></a>`,
    },
    deletion: { label: 'format.deletion', write: ({ deletion }) => deletion },
    own: { label: 'format.own', write: (parts) => own(settings.get('template'), parts) },
};

/** What stands behind the link of a picture. @type {Record<string, { label: Key, suffix: string }>} */
export const SIZES = {
    original: { label: 'size.original', suffix: '' },
    large: { label: 'size.large', suffix: '?w=1280' },
    medium: { label: 'size.medium', suffix: '?w=640' },
    thumb: { label: 'size.thumb', suffix: '/thumb' },
};

/**
 * One line for each picture, in their order. Whoever has no link of that kind, such as one to delete it, has no line.
 *
 * @param {Linked[]} pictures
 * @param {string} format one of {@link FORMATS}
 * @param {string} size one of {@link SIZES}
 */
export function lines(pictures, format, size) {
    const { write } = FORMATS[format] ?? FORMATS.url;
    return pictures.map((picture) => write(parts(picture, size))).filter((line) => line !== '');
}

/** @param {Linked} picture @param {string} size @returns {Parts} */
function parts(picture, size) {
    return {
        url: linkTo(picture, size),
        original: picture.url,
        name: picture.originalName,
        width: picture.width,
        height: picture.height,
        deletion: picture.deleteUrl ?? '',
    };
}

/** @param {Linked} picture @param {string} size */
export function linkTo(picture, size) {
    return size === 'thumb' ? picture.thumbnailUrl : picture.url + (SIZES[size] ?? SIZES.original).suffix;
}

/** @param {Parts} parts */
function markdown({ url, name }) {
    // what would end the text, or be more than text in it
    const text = name.replace(/[\\[\]*_`<>!~|&]/g, '\\$&').replace(/\s+/g, ' ');
    return `![${text}](${url})`;
}

/** @param {string} text */
function attribute(text) {
    return text.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** @param {string} template @param {Parts} parts */
function own(template, parts) {
    /** @type {Record<string, string | number>} */
    const values = { ...parts };
    return template.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** @returns {[string, string][]} */
export function formatOptions() {
    return Object.entries(FORMATS).map(([name, { label }]) => [name, t(label)]);
}

/** @returns {[string, string][]} */
export function sizeOptions() {
    return Object.entries(SIZES).map(([name, { label }]) => [name, t(label)]);
}
