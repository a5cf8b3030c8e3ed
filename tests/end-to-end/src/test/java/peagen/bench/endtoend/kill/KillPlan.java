package peagen.bench.endtoend.kill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import peagen.bench.endtoend.kill.Farm.Role;

/**
 * Who is killed when, out of a seed: three or four victims within four seconds of load. The last but one is the load generator
 * or Redis, both of which end the load: what comes behind it meets what is left to do.
 *
 * @param kills in the order in which they happen
 */
record KillPlan(List<Kill> kills) {

    private static final int LOAD_MILLIS = 4_000;
    private static final int DOWN_MILLIS = 400;

    /**
     * One kill.
     *
     * @param atMillis after the first task
     * @param downMillis how long until the victim is started again; a load generator never is
     */
    record Kill(Role victim, long atMillis, long downMillis) {}

    static KillPlan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Role> ordinary = new ArrayList<>(Arrays.asList(Role.WORKER_A, Role.PROBE, Role.COLLECTOR, Role.WORKER_B));
        Collections.shuffle(ordinary, Random.from(random));
        List<Role> victims = new ArrayList<>(ordinary.subList(0, random.nextInt(2, 4)));
        victims.add(victims.size() - 1, seed % 2 == 0 ? Role.GENERATOR : Role.REDIS);
        long[] instants =
                random.longs(victims.size(), 100, LOAD_MILLIS).sorted().toArray();
        List<Kill> kills = new ArrayList<>();
        for (int i = 0; i < victims.size(); i++) {
            kills.add(new Kill(victims.get(i), instants[i], random.nextLong(DOWN_MILLIS)));
        }
        return new KillPlan(List.copyOf(kills));
    }
}
