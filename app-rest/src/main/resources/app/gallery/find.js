import '../filing/style.js';
import { html, nothing } from '../lib/lit/lit-html.js';
import { Store } from '../base/store.js';
import { t } from '../i18n/i18n.js';
import { chooseAlbum, chooseTag } from '../filing/choosers.js';
import { known } from '../filing/known.js';
import { icon } from '../ui/icons.js';
import { narrow } from '../ui/media.js';
import { openDialog } from '../ui/dialog.js';
import { select, show } from '../ui/view.js';
import { changed, EVERYTHING, day, SORTS, TYPES, VISIBILITIES } from './pages.js';

/** @import { Query, Sort } from '../api/images.js' */
/** @import { Pages } from './pages.js' */
/** @import { Selection } from './selection.js' */

const DAY_MS = 86_400_000;
/** @type {Record<string, number>} */
const PERIODS = { today: 0, week: 6, month: 29, year: 364 };
/** The last album whose name was asked for. */
let asked = '';

/** @typedef {(part: Partial<Query>) => void} Change */

/**
 * What orders and narrows the gallery: beside each other, or on a phone behind a button.
 *
 * @param {HTMLElement} container
 * @param {{ pages: Pages, selection: Selection, find: (query: Query) => void }} parts
 */
export function showTools(container, { pages, selection, find }) {
    const change = (/** @type {Partial<Query>} */ part) => find(changed(pages.query, part));
    return show(container, () => {
        const { query } = pages;
        learnName(query.album);
        return html`
            ${narrowed(query) === 0 ? nothing : narrow.matches
                ? html`<button class="quiet icon-only" aria-label=${t('gallery.showAll')} title=${t('gallery.showAll')}
                    @click=${() => find(EVERYTHING)}>${icon('close')}</button>`
                : html`<button class="quiet" @click=${() => find(EVERYTHING)}>
                    ${icon('close')}${t('gallery.showAll')}</button>`}
            ${narrow.matches
                ? html`<button aria-haspopup="dialog" @click=${() => openSheet(query, find)}>
                    ${icon('filter')}${t('find.filter')}${narrowed(query) > 0 ? html`<span class="number">
                        ${narrowed(query)}</span>` : nothing}</button>`
                : filters(query, change).map(([, control]) => control)}
            <button class="touch-only" aria-pressed=${selection.isSelecting} @click=${() => toggle(selection)}>
                ${t('select')}</button>`;
    }, pages, selection, known, narrow);
}

/** What the album is called that somebody has come to by an address. @param {string} album */
function learnName(album) {
    if (album !== '' && album !== asked && known.nameOf(album) === undefined) {
        asked = album;
        // its id stands for it then
        known.askForAlbums().catch(() => {});
    }
}

/** All there is to choose, each with its label. @param {Query} query @param {Change} change @returns {[string, unknown][]} */
function filters(query, change) {
    return [
        ...(query.sort === 'album' ? [] : [/** @type {[string, unknown]} */ ([t('find.album'), chooser({
            label: t('find.album'),
            value: query.album === '' ? t('find.anyAlbum') : known.nameOf(query.album) ?? query.album,
            isSet: query.album !== '',
            open: () => narrowToAlbum(query, change),
        })])]),
        [t('find.tag'), chooser({
            label: t('find.tag'),
            value: query.tag || t('find.anyTag'),
            isSet: query.tag !== '',
            open: () => narrowToTag(query, change),
        })],
        [t('find.date'), select({
            label: t('find.date'),
            value: periodOf(query),
            options: [['', t('find.anyDate')], ...Object.keys(PERIODS).map(period),
                ...(periodOf(query) === 'own' ? [own(query)] : []), ['choose', t('find.chooseDates')]],
            onChange: (value) => (value === 'choose' ? choose(query, change) : change(daysOf(value))),
        })],
        [t('find.type'), select({
            label: t('find.type'),
            value: query.type,
            options: [['', t('find.anyType')], ...TYPES.map(type)],
            onChange: (value) => change({ type: value }),
        })],
        [t('find.visibility'), select({
            label: t('find.visibility'),
            value: query.visibility,
            options: [['', t('find.anyVisibility')], ...VISIBILITIES.map((name) =>
                /** @type {[string, string]} */ ([name, t(name)]))],
            onChange: (value) => change({ visibility: value }),
        })],
        [t('find.sort'), select({
            label: t('find.sort'),
            value: query.sort,
            options: [...(isWholeAlbum(query) ? [/** @type {[string, string]} */ (['album', t('sort.album')])] : []),
                ...SORTS.map((sort) => /** @type {[string, string]} */ ([sort, t(`sort.${sort}`)]))],
            onChange: (value) => change({ sort: /** @type {Sort} */ (value) }),
        })],
    ];
}

/** Whether an album can be shown in its own order, since nothing else is said. @param {Query} query */
function isWholeAlbum(query) {
    return /^\d+$/.test(query.album) && changed(query, { sort: 'album' }).sort === 'album';
}

/** A choice among more than a list can hold. @param {{ label: string, value: string, isSet: boolean, open: () => unknown }} choice */
function chooser({ label, value, isSet, open }) {
    return html`<button type="button" class="chooser ${isSet ? 'set' : ''}" aria-haspopup="dialog" title=${label}
        aria-label="${label}: ${value}" @click=${open}><span>${value}</span></button>`;
}

/** @param {Query} query @param {Change} change */
async function narrowToAlbum({ album }, change) {
    const chosen = await chooseAlbum({ title: t('find.album'), none: t('find.anyAlbum'), present: album });
    if (chosen !== undefined) {
        change({ album: chosen ? String(chosen.id) : '' });
    }
}

/** @param {Query} query @param {Change} change */
async function narrowToTag({ tag }, change) {
    const chosen = await chooseTag({ title: t('find.tag'), none: t('find.anyTag'), present: tag });
    if (chosen !== undefined) {
        change({ tag: chosen });
    }
}

/** What somebody is choosing, before the gallery shows it. */
class Draft extends Store {
    /** @param {Query} query */
    constructor(query) {
        super();
        this.query = query;
    }

    /** @param {Partial<Query>} part */
    set(part) {
        this.query = changed(this.query, part);
        this.changed();
    }
}

/** All filters under each other. @param {Query} query @param {(query: Query) => void} find */
function openSheet(query, find) {
    const draft = new Draft(query);
    openDialog((close) => html`
        <div class="dialog-head"><h2>${t('find.filter')}</h2>
            <button class="quiet icon-only" aria-label=${t('close')} @click=${close}>${icon('close')}</button></div>
        <div class="fields">${filters(draft.query, (part) => draft.set(part)).map(([label, control]) =>
            html`<div class="choice"><span>${label}</span>${control}</div>`)}</div>
        <div class="buttons">
            <button @click=${() => draft.set({ ...EVERYTHING, search: query.search })}>${t('find.reset')}</button>
            <button class="primary" @click=${() => {
                close();
                find(draft.query);
            }}>${t('find.show')}</button>
        </div>`, { className: 'menu sheet', label: t('find.filter'), stores: [draft, known] });
}

/** @param {Selection} selection */
function toggle(selection) {
    if (selection.isSelecting) {
        selection.clear();
    } else {
        selection.ask(true);
    }
}

/** By how many filters; a period is one, and an album as a whole is none. @param {Query} query */
function narrowed({ search, sort, type, visibility, from, to, album, tag }) {
    return [search, type, visibility, from || to, sort === 'album' ? '' : album, tag].filter((part) => part !== '').length;
}

/** @param {string} name @returns {[string, string]} */
function period(name) {
    return [name, t(/** @type {import('../i18n/i18n.js').Key} */ (`period.${name}`))];
}

/** @param {string} name @returns {[string, string]} */
function type(name) {
    return [name, name.slice('image/'.length).toUpperCase()];
}

/** @param {Query} query @returns {[string, string]} */
function own({ from, to }) {
    return ['own', `${from || '…'} – ${to || '…'}`];
}

/** @param {string} name @returns {Partial<Query>} */
function daysOf(name) {
    return { from: name in PERIODS ? dayBefore(PERIODS[name]) : '', to: '' };
}

/** @param {Query} query */
function periodOf({ from, to }) {
    if (!from && !to) {
        return '';
    }
    return Object.keys(PERIODS).find((name) => !to && dayBefore(PERIODS[name]) === from) ?? 'own';
}

/** A day here, so many days ago. @param {number} days */
function dayBefore(days) {
    const date = new Date(Date.now() - days * DAY_MS);
    const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** @param {Query} query @param {Change} change */
function choose({ from, to }, change) {
    const finish = (/** @type {SubmitEvent} */ event, /** @type {() => void} */ close) => {
        event.preventDefault();
        const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
        change({ from: day(String(form.get('from'))), to: day(String(form.get('to'))) });
        close();
    };
    openDialog((close) => html`
        <h2>${t('find.chooseDates')}</h2>
        <form class="fields" @submit=${(/** @type {SubmitEvent} */ event) => finish(event, close)}>
            <label>${t('find.from')}<input type="date" name="from" value=${from}></label>
            <label>${t('find.to')}<input type="date" name="to" value=${to}></label>
            <div class="buttons">
                <button type="button" @click=${close}>${t('cancel')}</button>
                <button class="primary">${t('find.show')}</button>
            </div>
        </form>`, { className: 'question', label: t('find.chooseDates') });
}
