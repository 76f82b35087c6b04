package io.github.imagehost.core.fsck;

import io.github.imagehost.core.fsck.StoreFinding.Kind;
import io.github.imagehost.core.fsck.StoreFinding.Repair;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.administration.Miscount;
import io.github.imagehost.core.port.repository.administration.UsageCounts;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Compares what owners are counted to have, which their quotas go by, with the images that there are, and counts anew
 * if it is asked to repair. Others may upload and delete meanwhile. Safe for use by many threads.
 */
public final class UsageCheck {

    private static final String ALL_OWNERS = "owners";

    private final UsageCounts counts;
    private final RepairRight right;
    private final Function<OwnerId, String> names;

    /**
     * @param right is asked only by a check that repairs
     * @param names how people call owners
     */
    public UsageCheck(UsageCounts counts, RepairRight right, Function<OwnerId, String> names) {
        this.counts = counts;
        this.right = right;
        this.names = names;
    }

    /**
     * Checks once. Does not throw if the repository does not answer: what was found before is worth hours.
     *
     * @param options only whether to repair counts here
     * @param findings is told what is found, in the order of owners
     * @param isToStop is asked now and then whether to end
     * @throws RepairLostException if somebody else may repair now; what was found is true, and what was repaired stays
     *     repaired
     */
    public List<StoreFinding> run(
            StoreCheckOptions options, Consumer<StoreFinding> findings, BooleanSupplier isToStop) {
        List<StoreFinding> found = new ArrayList<>();
        Consumer<StoreFinding> tell = findings.andThen(found::add);
        try {
            Iterator<Miscount> miscounts = counts.miscounts(isToStop).iterator();
            while (miscounts.hasNext() && !isToStop.getAsBoolean()) {
                Miscount miscount = miscounts.next();
                tell.accept(options.repair() ? repair(miscount) : finding(miscount, Repair.NONE, ""));
            }
        } catch (RepositoryException e) {
            tell.accept(new StoreFinding(
                    Kind.COUNTS_NOT_CHECKED,
                    ALL_OWNERS,
                    "whether they are counted right could not be found out: " + e.getMessage(),
                    Repair.NONE,
                    Optional.empty()));
        }
        return found;
    }

    private StoreFinding repair(Miscount miscount) {
        try {
            right.confirm();
            counts.recount(miscount.owner());
            return finding(miscount, Repair.DONE, "");
        } catch (RepositoryException e) {
            return finding(miscount, Repair.FAILED, "; not repaired: " + e.getMessage());
        }
    }

    private StoreFinding finding(Miscount miscount, Repair repair, String addition) {
        return new StoreFinding(
                Kind.MISCOUNTED,
                names.apply(miscount.owner()),
                detail(miscount.counted(), miscount.actual()) + addition,
                repair,
                Optional.empty());
    }

    private static String detail(Usage counted, Usage actual) {
        String images = "it is counted to have " + counted.images() + " images and " + counted.bytes() + " bytes, ";
        return counted.equals(actual)
                ? images + "which is right, but not each of them where lists look for it"
                : images + "but has " + actual.images() + " images and " + actual.bytes() + " bytes";
    }
}
