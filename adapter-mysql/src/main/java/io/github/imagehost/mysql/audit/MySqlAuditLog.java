package io.github.imagehost.mysql.audit;

import io.github.imagehost.core.model.audit.AuditEvent;
import io.github.imagehost.core.model.audit.AuditPage;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.port.audit.AuditLog;
import io.github.imagehost.mysql.row.audit.AuditRow;
import io.github.imagehost.mysql.row.audit.AuditRows;
import io.github.imagehost.mysql.row.audit.AuditSelection;
import io.github.imagehost.mysql.transaction.Transactions;
import java.time.Instant;
import java.util.List;

/** The audit log in a table, as {@link AuditLog} says. */
public final class MySqlAuditLog implements AuditLog {

    private final Transactions transactions;

    public MySqlAuditLog(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void add(AuditEvent event) {
        // not repeatably, so that no event is told twice
        transactions.write("add to the audit log", on -> on.audit().insert(AuditRows.toRow(event)));
    }

    @Override
    public AuditPage find(AuditQuery query) {
        AuditSelection wanted = AuditRows.toSelection(query, query.limit() + 1);
        List<AuditRow> rows = transactions.read(
                "read the audit log",
                on -> query.owner()
                        .map(owner -> on.audit().selectOfOwner(owner.value(), wanted))
                        .orElseGet(() -> on.audit().select(wanted)));
        return AuditPage.of(rows.stream().map(AuditRows::toEntry).toList(), query.limit());
    }

    @Override
    public int removeBefore(Instant time, int most) {
        return transactions.writeRepeatably(
                "remove from the audit log", on -> on.audit().deleteBefore(time, most));
    }
}
