import { html, nothing } from '../lib/lit/lit-html.js';
import { t } from '../i18n/i18n.js';
import { icon } from '../ui/icons.js';
import { select, show } from '../ui/view.js';
import { EVERYTHING, day, SORTS, TYPES, VISIBILITIES } from './pages.js';

/** @import { Query, Sort } from '../api/images.js' */
/** @import { Pages } from './pages.js' */
/** @import { Selection } from './selection.js' */

const DAY_MS = 86_400_000;
/** @type {Record<string, number>} */
const PERIODS = { today: 0, week: 6, month: 29, year: 364 };

/**
 * What orders and narrows the gallery.
 *
 * @param {HTMLElement} container
 * @param {{ pages: Pages, selection: Selection, find: (query: Query) => void }} parts
 */
export function showTools(container, { pages, selection, find }) {
    const change = (/** @type {Partial<Query>} */ part) => find({ ...pages.query, ...part });
    return show(container, () => {
        const { query } = pages;
        return html`
            ${isNarrowed(query) ? html`<button class="quiet" @click=${() => find(EVERYTHING)}>
                ${icon('close')}${t('gallery.showAll')}</button>` : nothing}
            ${select({
                label: t('find.date'),
                value: periodOf(query),
                options: [['', t('find.anyDate')], ...Object.keys(PERIODS).map(period),
                    ...(periodOf(query) === 'own' ? [own(query)] : []), ['choose', t('find.chooseDates')]],
                onChange: (value) => (value === 'choose' ? choose(query, change) : change(daysOf(value))),
            })}
            ${select({
                label: t('find.type'),
                value: query.type,
                options: [['', t('find.anyType')], ...TYPES.map(type)],
                onChange: (value) => change({ type: value }),
            })}
            ${select({
                label: t('find.visibility'),
                value: query.visibility,
                options: [['', t('find.anyVisibility')], ...VISIBILITIES.map((name) =>
                    /** @type {[string, string]} */ ([name, t(name)]))],
                onChange: (value) => change({ visibility: value }),
            })}
            ${select({
                label: t('find.sort'),
                value: query.sort,
                options: SORTS.map((sort) => [sort, t(`sort.${sort}`)]),
                onChange: (value) => change({ sort: /** @type {Sort} */ (value) }),
            })}
            <button class="touch-only" aria-pressed=${selection.isSelecting} @click=${() => toggle(selection)}>
                ${t('select')}</button>`;
    }, pages, selection);
}

/** @param {Selection} selection */
function toggle(selection) {
    if (selection.isSelecting) {
        selection.clear();
    } else {
        selection.ask(true);
    }
}

/** @param {Query} query */
function isNarrowed({ search, type, visibility, from, to }) {
    return [search, type, visibility, from, to].some((part) => part !== '');
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

/** @param {Query} query @param {(part: Partial<Query>) => void} change */
async function choose({ from, to }, change) {
    const { openDialog } = await import('../ui/dialog.js');
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
