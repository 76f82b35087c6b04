package io.github.imagehost.mysql;

import io.github.imagehost.core.port.repository.administration.RepairLedger;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.mysql.row.Columns;
import io.github.imagehost.mysql.settings.ServerVariables;
import io.github.imagehost.mysql.transaction.Transactions;
import java.time.Duration;
import java.util.UUID;

/** Who may repair, as {@link RepairLedger} says. */
final class RepairTurns implements RepairLedger {

    private static final String REPAIR = "repair";

    private final Transactions transactions;

    RepairTurns(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean takeRepair(UUID holder, Duration duration) {
        return transactions.writeRepeatably("take the right to repair", on -> {
            // an administrator could write all the same
            on.askServer(ServerVariables::writeObstacle).ifPresent(RepairTurns::refuse);
            on.leases().insertUnlessThere(REPAIR);
            return on.leases().take(REPAIR, holder.toString(), Columns.toMicros(duration)) == 1;
        });
    }

    private static void refuse(String obstacle) {
        throw new RepositoryUnavailableException("The database takes no writes (" + obstacle
                + "), and may lag behind the one that does: nothing is repaired by what it says");
    }

    @Override
    public boolean keepRepair(UUID holder, Duration duration) {
        return transactions.writeRepeatably(
                "keep the right to repair",
                on -> on.leases().keep(REPAIR, holder.toString(), Columns.toMicros(duration)) == 1);
    }

    @Override
    public void endRepair(UUID holder) {
        transactions.writeRepeatably(
                "give back the right to repair", on -> on.leases().end(REPAIR, holder.toString()));
    }
}
