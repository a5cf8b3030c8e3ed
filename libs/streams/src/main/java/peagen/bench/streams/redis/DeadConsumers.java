package peagen.bench.streams.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;

/**
 * Consumers that are gone. Looking and removing is one script: between two commands a consumer could read, and what it has just
 * been given would be pending for nobody.
 */
final class DeadConsumers {

    private static final String SCRIPT = """
        local removed = 0
        for _, line in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
            local consumer = {}
            for i = 1, #line, 2 do
                consumer[line[i]] = line[i + 1]
            end
            if consumer['pending'] == 0 and consumer['idle'] >= tonumber(ARGV[2]) then
                redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer['name'])
                removed = removed + 1
            end
        end
        return removed
        """;

    private final RedisCalls calls;

    DeadConsumers(RedisCalls calls) {
        this.calls = calls;
    }

    Future<Long> remove(String stream, String group, Duration idleFor) {
        Request script = Request.cmd(Command.EVAL)
                .arg(SCRIPT)
                .arg(1)
                .arg(stream)
                .arg(group)
                .arg(idleFor.toMillis());
        return calls.ask("EVAL of XGROUP DELCONSUMER " + stream + " " + group, script, Replies::number)
                .recover(failure -> Failures.missingStream(failure) || Failures.missingGroup(failure)
                        ? Future.succeededFuture(0L)
                        : Future.failedFuture(failure));
    }
}
