import { html, nothing } from '../lib/lit/lit-html.js';
import { call, explain } from '../api/client.js';
import { Store } from '../base/store.js';
import { dateTime, hasText, t } from '../i18n/i18n.js';
import { notice } from '../ui/view.js';

/** @import { AuditEvent } from '../api/types.js' */

/** Who did what. */
class Audit extends Store {
    /** @type {AuditEvent[]} */
    events = [];
    /** @type {string | null} */
    cursor = null;
    isBusy = false;
    /** @type {any} */
    error = null;

    constructor() {
        super();
        void this.more();
    }

    async more() {
        this.isBusy = true;
        this.changed();
        try {
            const query = new URLSearchParams(this.cursor === null ? {} : { cursor: this.cursor });
            /** @type {{ events: AuditEvent[], nextCursor: string | null }} */
            const { events, nextCursor } = await call('GET', `api/admin/audit?${query}`);
            this.events.push(...events);
            this.cursor = nextCursor;
            this.error = null;
        } catch (error) {
            this.error = error;
        }
        this.isBusy = false;
        this.changed();
    }
}

export function page() {
    const audit = new Audit();
    return {
        stores: [audit],
        template: () => html`<section class="page wide">
            <div class="page-head"><h1>${t('nav.audit')}</h1></div>
            <div class="scrolled" tabindex="0" role="region" aria-label=${t('nav.audit')}><table>
                <thead><tr>${['time', 'action', 'who', 'about', 'detail'].map((name) => html`
                    <th scope="col">${t(/** @type {import('../i18n/i18n.js').Key} */ (`audit.${name}`))}</th>`)}</tr></thead>
                <tbody>${audit.events.map(row)}</tbody>
            </table></div>
            ${audit.error ? notice({ picture: 'warning', title: explain(audit.error), code: audit.error.code }) : nothing}
            ${audit.cursor !== null || audit.error ? html`<p class="buttons"><button ?disabled=${audit.isBusy}
                @click=${() => audit.more()}>${t('audit.more')}</button></p>` : nothing}
        </section>`,
    };
}

/** @param {AuditEvent} event */
function row({ time, action, outcome, actor, actorId, client, ownerId, target, detail }) {
    const key = `act.${action}`;
    return html`<tr class=${outcome === 'refused' ? 'refused' : ''}>
        <td>${dateTime(time)}</td>
        <td>${hasText(key) ? t(key) : action}${outcome === 'refused' ? html` <span class="tag alarming">
            ${t('audit.refused')}</span>` : nothing}</td>
        <td>${[actorId === null ? '' : `#${actorId}`, actor, client ?? ''].filter((part) => part !== '').join(' · ')}</td>
        <td>${[ownerId === null ? '' : `#${ownerId}`, target].filter((part) => part !== '').join(' · ')}</td>
        <td>${detail ?? ''}</td>
    </tr>`;
}
