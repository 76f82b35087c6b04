import '../filing/style.js';
import { html, nothing } from '../lib/lit/lit-html.js';
import { settings } from '../base/settings.js';
import { span, t } from '../i18n/i18n.js';
import { copyLinks, save } from '../links/clipboard.js';
import { formatOptions, lines, sizeOptions } from '../links/formats.js';
import { openDialog } from '../ui/dialog.js';
import { icon } from '../ui/icons.js';
import { tight } from '../ui/media.js';
import { select, show } from '../ui/view.js';

/** @import { Picture, Scope } from '../api/types.js' */
/** @import { Icon } from '../ui/icons.js' */
/** @import { Work } from '../filing/work.js' */
/** @import { Bulk } from './bulk.js' */
/** @import { Pages } from './pages.js' */
/** @import { Selection } from './selection.js' */

const SECOND = 1_000;

/**
 * What can be done with the pictures that are selected.
 *
 * @typedef {object} Action
 * @property {string} label
 * @property {Icon} icon
 * @property {(pictures: Picture[]) => unknown} run
 * @property {boolean} [isMain] whether it stands in the bar where there is room
 * @property {boolean} [isBare] whether its picture says enough there
 */

/**
 * What can be done with the pictures that are selected; not there as long as there are none.
 *
 * @param {HTMLElement} container
 * @param {{
 *     pages: Pages,
 *     selection: Selection,
 *     bulk: Bulk,
 *     remove: (pictures: Picture[]) => void,
 *     may: (scope: Scope) => boolean,
 *     inAlbum: (pictures: Picture[]) => Action[],
 *     focus: (picture: Picture) => void,
 * }} parts `inAlbum` what else can be done in the album that is shown, with these; `focus` gives one the focus
 */
export function showSelectionBar(container, { pages, selection, bulk, remove, may, inAlbum, focus }) {
    const selected = () => selection.among(pages.pictures);
    setInterval(() => bulk.work.waitsUntil && bulk.work.changed(), SECOND);
    const actions = (/** @type {Picture[]} */ pictures) => [
        ...(may('manage') ? filing(bulk, pages) : []),
        ...(may('manage') ? inAlbum(pictures) : []),
        { label: t('saveAsText'), icon: /** @type {Icon} */ ('download'), run: saveLinks },
    ];
    /** Whoever uses keys goes on where he was, even if the bar is gone meanwhile. @param {Action} action */
    const act = async ({ run }) => {
        const isByKeys = document.activeElement?.matches(':focus-visible') ?? false;
        const pictures = selected();
        await run(pictures);
        if (isByKeys && document.activeElement === document.body) {
            focus(pictures[0]);
        }
    };
    return show(container, () => {
        if (bulk.work.isRunning) {
            return progress(bulk.work);
        }
        if (selection.count === 0) {
            return nothing;
        }
        const all = actions(selected());
        const main = tight.matches ? [] : all.filter(({ isMain }) => isMain);
        return html`
        <div class="selection-bar" role="toolbar" aria-label=${t('selection.bar')}>
            <strong>${t('selection.count', { n: selection.count })}</strong>
            <span class="choices">
                ${select({
                    label: t('format'),
                    value: settings.get('format'),
                    options: formatOptions().filter(([name]) => name !== 'deletion'),
                    onChange: (value) => settings.set('format', value),
                })}
                ${select({
                    label: t('size'),
                    value: settings.get('size'),
                    options: sizeOptions(),
                    onChange: (value) => settings.set('size', value),
                })}
            </span>
            <button class="primary" aria-label=${t('copy')} @click=${() => copyLinks(selected())}>${icon('copy')}<span>${t('copy')}</span></button>
            ${main.map((action) => button(action, act))}
            <button class="danger" aria-label=${t('delete')} @click=${() => remove(selected())}>
                ${icon('trash')}<span>${t('delete')}</span></button>
            ${main.length === all.length ? nothing : html`<button class="icon-only" aria-label=${t('selection.more')}
                title=${t('selection.more')} aria-haspopup="dialog" @click=${() =>
                    openMore(() => actions(selected()).filter((action) => tight.matches || !action.isMain), act, selection)}>
                ${icon('more')}</button>`}
            <button class="quiet icon-only" aria-label=${t('selection.clear')} title=${t('selection.clear')}
                @click=${() => selection.clear()}>${icon('close')}</button>
        </div>`;
    }, selection, settings, pages, bulk.work, tight);
}

/** @param {Bulk} bulk @param {Pages} pages @returns {Action[]} */
function filing(bulk, pages) {
    const { album } = pages;
    return [
        { label: t('bulk.albumLabel'), icon: 'album', isMain: album === null, run: (some) => bulk.putIntoAlbum(some) },
        ...(album ? [/** @type {Action} */ ({
            label: t('bulk.takeOut'), icon: 'minus', isMain: true, run: (some) => bulk.takeOutOfAlbum(some, album),
        })] : []),
        { label: t('bulk.tagsLabel'), icon: 'tag', isMain: true, run: (some) => bulk.changeTags(some) },
        { label: t('bulk.sharingLabel'), icon: 'lock', isMain: true, isBare: true, run: (some) => bulk.changeSharing(some) },
    ];
}

/** @param {Action} action @param {(action: Action) => unknown} act */
function button(action, act) {
    const { label, icon: picture, isBare } = action;
    return isBare
        ? html`<button class="icon-only" aria-label=${label} title=${label} @click=${() => act(action)}>
            ${icon(picture)}</button>`
        : html`<button @click=${() => act(action)}>${icon(picture)}${label}</button>`;
}

/** What has no room in the bar. @param {() => Action[]} actions @param {(action: Action) => unknown} act @param {Selection} selection */
function openMore(actions, act, selection) {
    const take = (/** @type {Action} */ action, /** @type {() => void} */ close) => {
        close();
        void act(action);
    };
    openDialog((close) => html`
        <div class="dialog-head"><h2>${t('selection.count', { n: selection.count })}</h2>
            <button class="quiet icon-only" aria-label=${t('close')} @click=${close}>${icon('close')}</button></div>
        <div class="menu-places">${actions().map((action) => html`<button class="quiet"
            @click=${() => take(action, close)}>${icon(action.icon)}${action.label}</button>`)}</div>`, {
        className: 'menu sheet',
        label: t('selection.more'),
    });
}

/** @param {Work} work */
function progress(work) {
    return html`<div class="selection-bar working">
        <span role="status">${t('bulk.progress', { done: work.done, total: work.total })}
            ${work.waitsUntil ? html`<span class="wait">${t('bulk.waits', {
                time: span(Math.max(1, (work.waitsUntil - Date.now()) / SECOND)) })}</span>` : nothing}</span>
        <progress max=${work.total} value=${work.done} aria-label=${t('bulk.progressLabel')}></progress>
        <button @click=${() => work.stop()}>${t('bulk.stop')}</button>
    </div>`;
}

/** @param {Picture[]} pictures */
function saveLinks(pictures) {
    save('links.txt', `${lines(pictures, settings.get('format'), settings.get('size')).join('\n')}\n`);
}
