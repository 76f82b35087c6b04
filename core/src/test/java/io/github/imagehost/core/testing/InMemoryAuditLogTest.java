package io.github.imagehost.core.testing;

import io.github.imagehost.core.port.audit.AuditLog;

class InMemoryAuditLogTest extends AuditLogContract {

    @Override
    protected AuditLog createLog() {
        return new InMemoryAuditLog();
    }
}
