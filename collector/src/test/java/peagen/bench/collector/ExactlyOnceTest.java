package peagen.bench.collector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.collector.FaultyBroker.Fate;
import peagen.bench.collector.World.Live;
import peagen.bench.contract.entry.Fields;

/** The law that everything else rests on: whatever happens to collectors, every event is in exactly one delta. */
@Execution(ExecutionMode.CONCURRENT)
class ExactlyOnceTest {

    private static final int STEPS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void totalsAreThoseOfASinglePass(long seed) {
        Random random = new Random(seed);
        try (World world = new World()) {
            List<Live> live = new ArrayList<>(List.of(start(world, random, "c1"), start(world, random, "c2")));
            List<Fields> before = new ArrayList<>();
            for (int step = 0, born = 2; step < STEPS; step++) {
                switch (random.nextInt(20)) {
                    case 0 -> {
                        Live victim = live.remove(random.nextInt(live.size()));
                        world.kill(victim);
                        boolean again = random.nextBoolean();
                        live.add(start(world, random, again ? victim.consumer() : "c" + ++born));
                    }
                    case 1 -> {
                        Live leaver = live.remove(random.nextInt(live.size()));
                        world.vertx.undeploy(leaver.deployment());
                        live.add(start(world, random, "c" + ++born));
                    }
                    case 2, 3 -> world.forward(Duration.ofMillis(random.nextInt(20_000)));
                    case 4, 5, 6, 7 -> world.awaitDelivered();
                    default -> world.happen(burst(random, before));
                }
            }
            live.forEach(collector -> collector.broker().fate((operation, stream) -> Fate.SERVED));
            world.awaitDelivered();
            world.forward(Duration.ofSeconds(16));
            world.awaitCommitted();
            world.assertExact();
        }
    }

    private static Live start(World world, Random random, String name) {
        Random faults = new Random(random.nextLong());
        FaultyBroker connection = world.connect().fate((operation, stream) -> fate(faults, operation));
        return world.collector(world.config(name), connection, Optional.empty());
    }

    private static Fate fate(Random faults, String operation) {
        if (!operation.equals("commit") && !operation.equals("readGroup") && !operation.equals("claimStale")) {
            return Fate.SERVED;
        }
        synchronized (faults) {
            return switch (faults.nextInt(operation.equals("readGroup") ? 100 : 10)) {
                case 0 -> Fate.REFUSED;
                case 1 -> Fate.ANSWER_LOST;
                default -> Fate.SERVED;
            };
        }
    }

    /** Some of them events that were appended before, just now or long ago. */
    private static Fields[] burst(Random random, List<Fields> before) {
        Fields[] burst = new Fields[1 + random.nextInt(30)];
        for (int i = 0; i < burst.length; i++) {
            boolean again = !before.isEmpty() && random.nextInt(5) == 0;
            burst[i] = again
                    ? before.get(random.nextInt(before.size()))
                    : Events.any(random, random.nextBoolean() ? "run-a" : "run-b");
            before.add(burst[i]);
        }
        return burst;
    }
}
