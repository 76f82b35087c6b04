package io.github.imagehost.core.dedup;

import com.google.common.collect.Lists;
import io.github.imagehost.core.schedule.Batching;
import io.github.imagehost.core.schedule.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Batches as somebody might have written them who did not think of everything. */
final class MistakenBatching {

    private MistakenBatching() {}

    /** Gives each member the row that comes at its place, in whatever order the database answers. */
    static final class AnsweringByPosition extends Batching {

        @Override
        protected List<Object> perform(World world, List<Function<World, Object>> effects) {
            return Lists.reverse(super.perform(world, effects));
        }
    }

    /** Does not count how many rows a statement has changed. */
    static final class OverlookingOneMember extends Batching {

        @Override
        protected List<Object> perform(World world, List<Function<World, Object>> effects) {
            int last = effects.size() - 1;
            List<Object> answers = new ArrayList<>(super.perform(world, effects.subList(0, last)));
            answers.add(effects.get(last).apply(world.copy()));
            return answers;
        }
    }

    /** Looks for all members before it writes for any of them. */
    static final class LookingOnceForAll extends Batching {

        @Override
        protected List<Object> perform(World world, List<Function<World, Object>> effects) {
            List<Object> answers =
                    effects.stream().map(effect -> effect.apply(world.copy())).toList();
            super.perform(world, effects);
            return answers;
        }
    }

    /** Tells nobody but the member that leads what went wrong. */
    static final class TellingTheLeaderAlone extends Batching {

        @Override
        protected boolean tellsOfMishap(int position) {
            return position == 0;
        }
    }
}
