import { html, nothing, svg } from '../lib/lit/lit-html.js';
import { language, number, percent, size, t } from '../i18n/i18n.js';
import { largest, withoutGaps } from './series.js';

/** @import { Share } from '../api/types.js' */
/** @import { Measure } from './series.js' */

const HEIGHT = 100;
const STEP = 10;
const GAP = 2;
/** What is there is seen, however little it is. */
const LEAST = 1.5;
const MOST_ROWS = 50;

/** @param {number} value @param {Measure} measure */
function written(value, measure) {
    return measure === 'bytes' ? size(value) : number(value);
}

/** @param {string} name such as 2026-11 */
function month(name) {
    return new Intl.DateTimeFormat(language.tag, { year: 'numeric', month: 'short', timeZone: 'UTC' })
        .format(new Date(`${name}-01T00:00:00Z`));
}

/**
 * A bar for each month, and the same as a table.
 *
 * @param {string} title
 * @param {Share[]} shares the earliest first
 * @param {Measure} measure what the bars stand for
 */
export function monthly(title, shares, measure) {
    const months = withoutGaps(shares, new Date().toISOString().slice(0, 'yyyy-mm'.length));
    const most = Math.max(1, ...months.map((share) => share[measure]));
    const bar = (/** @type {Share} */ share, /** @type {number} */ index) => {
        const value = share[measure];
        const height = value > 0 ? Math.max(LEAST, HEIGHT * value / most) : 0;
        return svg`<rect x=${index * STEP + GAP / 2} y=${HEIGHT - height} width=${STEP - GAP} height=${height}>
            <title>${month(share.name)}: ${written(value, measure)}</title></rect>`;
    };
    return html`<section class="chart">
        <h2>${title}</h2>
        <p class="chart-most" aria-hidden="true">${written(most, measure)}</p>
        <svg class="columns" viewBox="0 0 ${months.length * STEP} ${HEIGHT}" preserveAspectRatio="none" role="img"
            aria-label=${t('statistics.columns', { what: title, most: written(most, measure) })}>${months.map(bar)}</svg>
        <p class="chart-ends" aria-hidden="true"><span>${month(months[0].name)}</span>
            <span>${month(months[months.length - 1].name)}</span></p>
        <details><summary>${t('statistics.asTable')}</summary>
            ${table(title, t('statistics.month'), months.toReversed().map((share) => ({ ...share, name: month(share.name) })))}
        </details>
    </section>`;
}

/**
 * A table whose rows have bars, the largest first.
 *
 * @param {string} title
 * @param {string} what the rows are
 * @param {(Share & { isMarked?: boolean })[]} shares
 * @param {Measure} measure
 */
export function ranked(title, what, shares, measure) {
    const { shown, rest } = largest(shares, measure, MOST_ROWS);
    const others = rest.count === 0 ? [] : [{ ...rest, name: t('statistics.others', { n: rest.count }) }];
    return html`<section class="chart"><h2>${title}</h2>${table(title, what, [...shown, ...others], measure)}</section>`;
}

/**
 * @param {string} title
 * @param {string} what
 * @param {(Share & { isMarked?: boolean })[]} rows
 * @param {Measure} [measure] what the bars stand for; none if it is not said
 */
function table(title, what, rows, measure) {
    const all = measure === undefined ? 1 : Math.max(1, rows.reduce((sum, row) => sum + row[measure], 0));
    return html`<table class="shares">
        <caption class="out-of-sight">${title}</caption>
        <thead><tr><th scope="col">${what}</th>
            ${measure === undefined ? nothing : html`<th scope="col"><span class="out-of-sight">${t('statistics.share')}</span></th>`}
            <th scope="col">${t('statistics.images')}</th><th scope="col">${t('statistics.bytes')}</th></tr></thead>
        <tbody>${rows.map((row) => html`<tr aria-current=${row.isMarked ? 'true' : nothing}>
            <th scope="row">${row.name}</th>
            ${measure === undefined ? nothing : html`<td>${share(row[measure] / all)}</td>`}
            <td>${number(row.images)}</td><td>${size(row.bytes)}</td></tr>`)}</tbody>
    </table>`;
}

/** @param {number} part between 0 and 1 */
function share(part) {
    const width = part > 0 ? Math.max(LEAST, HEIGHT * part) : 0;
    return html`<svg viewBox="0 0 ${HEIGHT} 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="rest" width=${HEIGHT} height="8"></rect><rect width=${width} height="8"></rect></svg>
        <span class="out-of-sight">${percent(part)}</span>`;
}

/**
 * How a whole is divided in two.
 *
 * @param {string} title
 * @param {[string, number][]} parts what each is called, and how many bytes it has
 */
export function divided(title, parts) {
    const all = Math.max(1, parts.reduce((sum, [, bytes]) => sum + bytes, 0));
    return html`<section class="chart">
        <h2>${title}</h2>
        <svg class="divided" viewBox="0 0 ${HEIGHT} 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="rest" width=${HEIGHT} height="8"></rect>
            <rect width=${HEIGHT * parts[0][1] / all} height="8"></rect></svg>
        <dl class="legend">${parts.map(([name, bytes], index) => html`<div>
            <dt><span class="mark-${index}" aria-hidden="true"></span>${name}</dt>
            <dd>${size(bytes)}${index === 0 ? nothing : ` · ${percent(bytes / all)}`}</dd></div>`)}</dl>
    </section>`;
}

/** Numbers that stand for themselves. @param {[string, string, string?][]} figures what each is, how much, and of how much */
export function figures(figures) {
    return html`<dl class="figures">${figures.map(([name, value, limit]) => html`<div>
        <dt>${name}</dt><dd>${value}${limit ? html`<small>${limit}</small>` : nothing}</dd></div>`)}</dl>`;
}
